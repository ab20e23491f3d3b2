"""Refusals: which exception a call ends with, whatever it returns if it ends with none."""

from __future__ import annotations

from collections.abc import Callable

from ..stage.findings import OperationRaised, short_name


def refusal_of(call: Callable[[], object]) -> str | None:
    """Return the name of the exception that a call raises, None if it returns."""
    try:
        call()
    except OperationRaised as raised:
        return short_name(raised.names[0])
    return None

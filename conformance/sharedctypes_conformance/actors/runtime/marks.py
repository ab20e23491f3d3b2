"""Marks at definitions, which the suite reads from its own copy of a function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound="Callable[..., Any]")


def long_running(function: Function) -> Function:
    """Mark a function that takes its time by design, and return it.

    It starts processes or waits for them, has threads meet, or does the same many times. Any other
    call that sleeps for long hangs, and after the first hang it is given little time; a call of one
    of these has more.
    """
    function.long_running = True  # type: ignore[attr-defined]  # functions take any attribute
    return function

"""Refusals: which exception a call raises, and which ones every start with an object raises."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from ...stage.findings import Finding, OperationRaised, Raised, short_name
from ...stage.stage import Stage
from ...stage.target import Target

# Areas that judge that objects can be passed to a process; in others a refused start shows nothing.
_ABOUT_STARTS = ("seed", "sharing")
_SORTS = (("RawValue", "i", 1), ("RawArray", "i", 3), ("Value", "i", 1), ("Array", "i", 3))


def refusal_of(call: Callable[[], object]) -> str | None:
    """Return the name of the exception that a call raises, None if it returns."""
    try:
        call()
    except OperationRaised as raised:
        return short_name(raised.names[0])
    return None


def is_any_start_refused(clause: str, target: Target, finding: Finding) -> bool:
    """Return whether a finding only shows that such objects cannot be passed to any process.

    It does if it reports the exception that the plainest start with one of them raises.
    """
    if clause.partition(".")[0] in _ABOUT_STARTS:
        return False
    return bool(finding.raised) and not _refused_starts(target).isdisjoint(finding.raised)


@cache
def _refused_starts(target: Target) -> frozenset[Raised]:
    """Return the exceptions that a start with one object of each sort raises."""
    refusals: set[Raised] = set()
    stage = Stage(target)
    try:
        for maker, *args in _SORTS:
            try:
                made = getattr(stage.creator, maker)(*args)
            except Finding:  # construction is judged by other clauses
                continue
            try:
                stage.start(made)
            except OperationRaised as raised:
                refusals.update(raised.raised)
            except Finding:  # it started, and the rest is judged by other clauses
                stage.reset()
    finally:
        stage.close()
    return frozenset(refusals)

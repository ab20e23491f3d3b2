"""Refusals: with which exception a call ends, and what a backend refuses whatever is asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from ...stage.findings import Finding, OperationRaised, Raised, short_name
from ...stage.stage import Stage
from ...stage.target import Target

# Areas that say that a process can be given objects; to others a refused start says nothing.
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
    """Return whether a finding of a clause tells only that no process is given such objects.

    So it is where it tells of the exception that the plainest start with one of them ends with.
    """
    if clause.partition(".")[0] in _ABOUT_STARTS:
        return False
    return bool(finding.raised) and not _refused_starts(target).isdisjoint(finding.raised)


@cache
def _refused_starts(target: Target) -> frozenset[Raised]:
    """Return the exceptions that a start with one object of a sort ends with."""
    refusals: set[Raised] = set()
    stage = Stage(target)
    try:
        for maker, *args in _SORTS:
            try:
                made = getattr(stage.creator, maker)(*args)
            except Finding:  # what is made is the business of others
                continue
            try:
                stage.start(made)
            except OperationRaised as raised:
                refusals.update(raised.raised)
            except Finding:  # it was started, and more is for others to say
                stage.reset()
    finally:
        stage.close()
    return frozenset(refusals)

"""What a backend lacks, found by the plainest use of it in processes of its own.

Each use is tried once, when it is first asked for, and before any clause that needs it is judged. A
use that hangs, or kills its process, shows a defect and not that something is lacking: then the
clauses are judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple

from ..actors.scenarios import capabilities as uses
from ..actors.scenarios import origins as remote_origins
from ..contract.capabilities import FUNCTIONS
from .findings import Finding, GaveUp
from .patience import PATIENCE_FOR_A_START
from .program import refusal_of_a_child
from .stage import Stage
from .target import Target

_RAW, _WRAPPERS = ("RawValue", "RawArray"), ("Value", "Array")


class Lacking(NamedTuple):
    """Whether something is lacking, and what shows it; or why that could not be found out."""

    is_lacking: bool
    evidence: str = ""


HAS = Lacking(False)


def lacking(target: Target, names: Iterable[str]) -> dict[str, str]:
    """Return which of some capabilities a backend lacks, with the evidence for each."""
    found = {name: look(target, name) for name in names}
    return {name: one.evidence for name, one in found.items() if one.is_lacking}


def look(target: Target, name: str) -> Lacking:
    """Return whether a backend lacks a capability; it is tried unless the target knows."""
    if name in target.capabilities:
        return Lacking(*target.capabilities[name])
    if name in FUNCTIONS:
        missing = name not in target.names
        return Lacking(missing, f"{target.backend} has no {name!r}" * missing)
    return _try_all(target, _GROUPS[name])[name]


def origins(target: Target) -> dict[str, tuple[str, str]]:
    """Return for each thing under test the module that it is of, in its process and in a child.

    Nothing is known of a backend that hangs, or kills the process, in the plainest use.
    """
    stage = Stage(target)
    try:
        return stage.creator.call(remote_origins.of_all, target.backend)
    except (Finding, GaveUp):
        stage.reset()
        return {}
    finally:
        stage.close()


@cache
def _try_all(target: Target, group: _Group) -> dict[str, Lacking]:
    """Try what can be tried in one creator after the other; stop where a process is lost."""
    found: dict[str, Lacking] = {}
    stage = Stage(target)
    lost = ""
    try:
        for name, attempt in group.uses(stage):
            if lost:
                found[name] = Lacking(False, f"not tried: {lost}")
                continue
            try:
                evidence = attempt()
            except (Finding, GaveUp) as problem:
                lost = str(problem)
                found[name] = Lacking(False, f"not known: {lost}")
                stage.reset()
            else:
                found[name] = Lacking(bool(evidence), evidence)
    finally:
        stage.close()
    return found


_Uses = Iterator[tuple[str, Callable[[], str]]]


@dataclass(frozen=True)
class _Group:
    """Capabilities that are tried together."""

    names: tuple[str, ...]
    uses: Callable[[Stage], _Uses]


def _in_one_process(stage: Stage) -> _Uses:
    for name, use in (
        ("contexts", uses.contexts),
        ("ctypes", uses.ctypes_objects),
        ("get_obj", uses.get_obj),
        ("typecodes", uses.typecodes),
        ("wrapper-classes", uses.wrapper_classes),
        ("locks", uses.locks),
        ("custom-locks", uses.custom_locks),
        ("threads", uses.threads),
        ("native-threads", uses.native_threads),
    ):
        yield name, partial(stage.creator.call, use, stage.target.backend)


def _of_children(stage: Stage) -> _Uses:
    """Try the start of a child with all objects first: if it works, nothing is lacking."""
    target = stage.target
    raw, wrappers = ([one for one in names if one in target.names] for names in (_RAW, _WRAPPERS))
    with_all = without = ""

    def start(*makers: str) -> str:
        return stage.creator.call(uses.start_with, target.backend, list(makers))

    def start_one() -> str:
        nonlocal with_all, without
        with_all = start(*raw, *wrappers)
        without = with_all and start()
        return without

    def start_with_any(makers: Iterable[str]) -> str:
        """Return the evidence if what none of some makers constructs can be passed on."""
        if without or not with_all:
            return without
        refusals = list(map(start, makers))
        return refusals[0] if refusals and all(refusals) else ""

    yield "children", start_one
    yield "raw-inheritance", partial(start_with_any, raw)
    yield "wrapper-inheritance", partial(start_with_any, wrappers)
    yield "pools", partial(stage.creator.call, uses.pools, target.backend)
    yield "executors", partial(stage.creator.call, uses.executors, target.backend)


def _of_programs(stage: Stage) -> _Uses:
    def use() -> str:
        # Where no process can be started at all, that is what is lacking.
        if look(stage.target, "children").is_lacking:
            return ""
        return refusal_of_a_child(stage.target, PATIENCE_FOR_A_START)

    yield "main-functions", use


_GROUPS = {
    name: group
    for group in (
        _Group(
            (
                *(
                    "contexts",
                    "ctypes",
                    "get_obj",
                    "typecodes",
                    "wrapper-classes",
                    "locks",
                    "custom-locks",
                ),
                *("threads", "native-threads"),
            ),
            _in_one_process,
        ),
        _Group(
            ("children", "raw-inheritance", "wrapper-inheritance", "pools", "executors"),
            _of_children,
        ),
        _Group(("main-functions",), _of_programs),
    )
    for name in group.names
}

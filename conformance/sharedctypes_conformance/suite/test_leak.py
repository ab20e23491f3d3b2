"""Area `leak`: what is left of objects that were dropped, and of programs that have ended."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from ..stage.findings import LeftBehind, Unjudged
from ..stage.handles import Name
from ..stage.remains import remains_of
from ..stage.stage import Stage
from .check import check

_LEAVING = "sharedctypes_actors.leaving."
_ROUNDS = 6
_COUNT = 20

# Large arrays: few enough fit at once into the shared memory of a small container.
_SIZE = 5 * 2**20
_TIMES = 40
_SPARE = 6

_ENDS = {"dropped": "its objects dropped", "kept": "its objects still there"}
_ALL_ENDS = {**_ENDS, "exception": "an exception, its objects still there"}


def _nothing(left: tuple[str, ...], what: str, ending: str) -> None:
    if left:
        raise LeftBehind(
            f"{what} left when a program has ended with {ending}: {', '.join(left)}; should be none"
        )


# Programs that end.


@check("leak.leaves-no-children")
def test_no_processes(stage: Stage) -> None:
    left = remains_of(stage.target, "dropped").processes
    _nothing(left, "processes are", _ALL_ENDS["dropped"])


def _expect_no_names(stage: Stage, end: str, ending: str) -> None:
    left = remains_of(stage.target, end).names
    if left is None:
        raise Unjudged("this system does not tell which names are the program's")
    _nothing(left, "names of shared memory are", ending)


@check("leak.leaves-no-names", costly=True, end=st.sampled_from(["kept", "exception"]))
def test_no_names(stage: Stage, end: str) -> None:
    _expect_no_names(stage, end, _ALL_ENDS[end])


@check("leak.killed-leaves-no-names")
def test_killed_leaves_no_names(stage: Stage) -> None:
    _expect_no_names(stage, "killed", "SIGKILL")


@check("leak.leaves-no-files", costly=True, end=st.sampled_from(["kept", "exception"]))
def test_no_files(stage: Stage, end: str) -> None:
    _nothing(remains_of(stage.target, end).files, "temporary files are", _ALL_ENDS[end])


@check("leak.says-nothing", costly=True, end=st.sampled_from(list(_ENDS)))
def test_says_nothing(stage: Stage, end: str) -> None:
    said = remains_of(stage.target, end).said
    if said:
        lines = said.splitlines()
        raise LeftBehind(
            f"a program that ended with {_ENDS[end]} wrote {len(lines)} lines on stderr, "
            f"should be none; the last: {lines[-1]}"
        )


# Objects that are dropped.


@check("leak.leaves-no-descriptors")
def test_no_descriptors(stage: Stage) -> None:
    with stage.fresh() as alone:
        open_: list[Any] = [
            alone.creator.call(_LEAVING + "one_round", stage.target.backend, _COUNT)
            for _ in range(_ROUNDS)
        ]
    if None in open_:
        raise Unjudged("this system does not list file descriptors")
    # What is kept in stock for later objects is there after two rounds.
    settled = open_[1:]
    if all(more > less for less, more in pairwise(settled)):
        raise LeftBehind(
            f"in {_ROUNDS} rounds {_COUNT} objects of each sort were made, given to a child and "
            f"dropped, and file descriptors left open: {', '.join(map(str, open_))}; "
            "should not become more each time"
        )


@check("leak.dropped-objects-give-memory-back")
def test_memory(stage: Stage) -> None:
    raw_array = Name(stage.name_in_backend("RawArray"))
    with stage.fresh() as alone:
        function = _LEAVING + "resident_after_a_large_one"
        settled = [alone.creator.call(function, raw_array, _SIZE) for _ in range(2)][-1]
        for number in range(_TIMES):
            resident = alone.creator.call(function, raw_array, _SIZE)
            if resident is None:
                raise Unjudged("this system does not tell how much memory a process has")
            if resident - settled > _SPARE * _SIZE:
                raise LeftBehind(
                    f"{number + 1} arrays of {_SIZE} bytes were made and dropped one by one, "
                    f"and the process has {resident - settled} bytes more in memory; "
                    f"should be less than {_SPARE * _SIZE}"
                )

"""Area `leak`: what is left of objects that were dropped, and of programs that have ended."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median_low

from hypothesis import strategies as st

from ...actors.objects.repeated_accesses import SORTS
from ...actors.scenarios import leak_rounds
from ...actors.scenarios.leak_rounds import SMALL
from ...actors.scenarios.program_exit import ScenarioFailed
from ...stage.findings import LeftBehind, OperationRaised, Unjudged
from ...stage.remains import remains_of, stderr_of_import
from ...stage.stage import Stage
from ..kit.check import check

# Rounds with children: what is held in reserve for later objects, or started when first needed, is
# there after the first ones. The rest is looked at in three parts.
_SETTLING = 6
_PART = 4
_ROUNDS = _SETTLING + 3 * _PART
_COUNT = 20

# Rounds without. Memory may be freed late, and what waits for that has a bound: half of 256
# MiB is more than anybody would want to. So these rounds make twice 100 MiB before anything is
# compared, and then as much again twice. At once there is little, for a small container.
_LARGE = (2, 5 * 2**20)
_SMALL = (2560, 4096)
_STRETCH = 10
_SHARE = 5

# How often each access comes between two looks, and how much memory may come meanwhile by chance:
# what one access leaves, even one of a single sort, is more than that.
_ACCESSES = 10_000
_LITTLE = 1 << 18

# Of smaller ones so much would take long.
_TINY = (1200, SMALL)

# A backend may free memory now and then, in a thread of its own. What grows is looked at again
# after so many seconds in which nothing is made.
_PAUSE = 1.0

# A child for each round takes long too.
_GIVEN = (2, 8 * 2**20)
_STRETCH_WITH_CHILDREN = 4

_ENDS = {"dropped": "its objects dropped", "kept": "its objects still there"}
_ALL_ENDS = {**_ENDS, "exception": "an exception, its objects still there"}
_CHILD_KILLED = "its objects dropped, after a child was killed"


def _nothing(left: tuple[str, ...], what: str, ending: str) -> None:
    if left:
        raise LeftBehind(
            f"{what} left when a program has ended with {ending}: {', '.join(left)}; should be none"
        )


# Programs that end.


@check("leak.exit-leaves-no-processes")
def test_exit_leaves_no_processes(stage: Stage) -> None:
    left = remains_of(stage, "dropped").processes
    _nothing(left, "processes are", _ALL_ENDS["dropped"])


def _expect_no_names(stage: Stage, end: str, ending: str) -> None:
    left = remains_of(stage, end).names
    if left is None:
        raise Unjudged("this system does not say which names are the program's")
    _nothing(left, "names of shared memory are", ending)


@check("leak.exit-leaves-no-names", costly=True, end=st.sampled_from(["kept", "exception"]))
def test_exit_leaves_no_names(stage: Stage, end: str) -> None:
    _expect_no_names(stage, end, _ALL_ENDS[end])


@check("leak.killed-program-leaves-no-names")
def test_killed_program_leaves_no_names(stage: Stage) -> None:
    _expect_no_names(stage, "killed", "SIGKILL")


@check("leak.killed-children-leave-no-names")
def test_killed_children_leave_no_names(stage: Stage) -> None:
    _expect_no_names(stage, "child killed", _CHILD_KILLED)


@check("leak.exit-leaves-no-files", costly=True, end=st.sampled_from(["kept", "exception"]))
def test_exit_leaves_no_files(stage: Stage, end: str) -> None:
    _nothing(remains_of(stage, end).files, "temporary files are", _ALL_ENDS[end])


@check("leak.killed-processes-leave-no-files")
def test_killed_processes_leave_no_files(stage: Stage) -> None:
    for end, ending in (("killed", "SIGKILL"), ("child killed", _CHILD_KILLED)):
        _nothing(remains_of(stage, end).contents, "temporary files are", ending)


@check("leak.exit-writes-nothing-to-stderr", costly=True, end=st.sampled_from(list(_ENDS)))
def test_exit_writes_nothing_to_stderr(stage: Stage, end: str) -> None:
    said = remains_of(stage, end).said.splitlines()
    lines = said and [line for line in said if line not in stderr_of_import(stage.target)]
    if lines:
        raise LeftBehind(
            f"a program that ended with {_ENDS[end]} wrote {len(lines)} lines on stderr, "
            f"should be none; the last: {lines[-1]}"
        )


# Objects that are dropped.


def _expect_no_growth(stage: Stage, *fields: str) -> None:
    """Carry out rounds, and look at some fields of what was counted after each."""
    rounds: list[leak_rounds.Counts]
    with stage.fresh() as alone:
        function = leak_rounds.one_round
        args = (stage.target.backend, _COUNT, stage.target.method)
        rounds = []
        try:
            for _ in range(_ROUNDS):
                rounds.append(alone.creator.call(function, *args))
        except OperationRaised as raised:
            if not rounds or "builtins.OSError" not in raised.names:
                why = f"the objects cannot be made and given to a child: {raised}"
                raise Unjudged(why) from None
            # What ends it after that may be a limit that it has reached.
            raise LeftBehind(
                f"{_COUNT} objects of each sort were made, given to a child and dropped "
                f"{len(rounds)} times, and then no more: {raised}"
            ) from None
    sorts = {field.replace("_", " "): [getattr(one, field) for one in rounds] for field in fields}
    for sort, counts in sorts.items():
        _expect_steady([count for count in counts if count is not None], sort)
    untold = [sort for sort, counts in sorts.items() if None in counts]
    if untold:
        raise Unjudged(f"this system does not say how many {' and '.join(untold)} there are")


def _scenario_failed(raised: OperationRaised) -> bool:
    return any(name.endswith(f".{ScenarioFailed.__name__}") for name in raised.names)


def _expect_steady(numbers: list[int], what: str) -> None:
    if len(numbers) < _ROUNDS:
        return
    first, middle, last = (
        numbers[start : start + _PART] for start in range(_SETTLING, _ROUNDS, _PART)
    )
    # Something that is left now and then makes each part higher than the one before it, and
    # something that comes once, however late, does so with one part only.
    grows = median_low(first) < median_low(middle) < median_low(last)
    if grows and max(first) < min(last):
        raise LeftBehind(
            f"in {_ROUNDS} rounds {_COUNT} objects of each sort were made, given to a child and "
            f"dropped, and {what} left: {_listed(numbers)}; "
            "should not become more and more"
        )


@check("leak.dropped-objects-leak-no-descriptors")
def test_dropped_objects_leak_no_descriptors(stage: Stage) -> None:
    _expect_no_growth(stage, "file_descriptors")


@check("leak.started-children-leak-no-threads-or-processes")
def test_started_children_leak_no_threads_or_processes(stage: Stage) -> None:
    _expect_no_growth(stage, "threads", "processes")


@check("leak.dropped-objects-leak-no-names")
def test_dropped_objects_leak_no_names(stage: Stage) -> None:
    _expect_no_growth(stage, "names_of_shared_memory", "temporary_files")


def _expect_memory_back(
    stage: Stage,
    function: Callable[..., int | None],
    count: int,
    size: int,
    what: str,
    *options: str,
    stretch: int | None = None,
    in_a_child: bool = False,
) -> None:
    """Expect that rounds of a function, each with so many things of a size, give the memory back.

    Where the size is 0, nothing is made, and `what` says all of it.
    """
    stretch = stretch or _STRETCH
    raw_array = stage.backend_function("RawArray")
    made = stretch * count * size
    most = made // _SHARE or _LITTLE
    with stage.fresh() as alone:
        # A child that never saw an object is no reason to keep it.
        child = alone.start()
        actor = child if in_a_child else alone.creator

        def taken(rounds: int, count: int) -> int:
            for _ in range(rounds):
                memory = actor.call(function, raw_array, count, size, *options)
            if memory is None:
                raise Unjudged("this system does not say how much memory a process takes")
            return int(memory)

        def taken_at_rest() -> int:
            time.sleep(_PAUSE)
            return taken(1, 0)

        try:
            taken(1, count)
        except OperationRaised as raised:
            raise Unjudged(f"nothing to drop: {raised}") from None
        try:
            # A leak goes on in the last half; a bound is reached before, or in one of its parts.
            four = [taken(stretch, count) for _ in range(2)]
            for _ in range(2):
                four.append(taken(stretch, count))
                if four[-1] - four[-2] <= most:
                    return
            three = [taken_at_rest()]
            for _ in range(2):
                taken(stretch, count)
                three.append(taken_at_rest())
                if three[-1] - three[-2] <= most:
                    return
        except OperationRaised as raised:
            if _scenario_failed(raised):
                raise Unjudged(f"a child did not run as scripted: {raised}") from None
            raise
    if made:
        what = f"{what} of {size} bytes were made and dropped, {made} bytes"
    raise LeftBehind(
        f"again and again {what} between two looks at the memory that the process takes: "
        f"{_listed(four)} bytes, and after pauses {_listed(three)} bytes; "
        f"should not be more than {most} more each time"
    )


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))


@check("leak.dropped-objects-leak-no-memory")
def test_dropped_objects_leak_no_memory(stage: Stage) -> None:
    _expect_memory_back(stage, leak_rounds.memory_after_arrays, *_LARGE, "large arrays")
    what = "many arrays and structures, wrapped or not,"
    _expect_memory_back(
        stage, leak_rounds.memory_after_small_objects, *_TINY, what, stage.target.backend
    )
    what = "many small arrays, in a child,"
    _expect_memory_back(stage, leak_rounds.memory_after_arrays, *_SMALL, what, in_a_child=True)


@check("leak.accesses-leak-no-memory")
def test_accesses_leak_no_memory(stage: Stage) -> None:
    for name in ("Value", "Array"):
        stage.require(name)
    function, backend = leak_rounds.memory_after_accesses, stage.target.backend
    for sort in SORTS:
        what = f"{sort} were carried out, each {_ACCESSES} times,"
        _expect_memory_back(stage, function, _ACCESSES, 0, what, backend, sort, stretch=1)


@check("leak.refused-objects-leak-no-memory")
def test_refused_objects_leak_no_memory(stage: Stage) -> None:
    what = "arrays, refused for their last items,"
    _expect_memory_back(stage, leak_rounds.memory_after_refusals, *_LARGE, what)


@check("leak.ended-children-leak-no-memory")
def test_ended_children_leak_no_memory(stage: Stage) -> None:
    what, stretch = "arrays, given to a child that ended,", _STRETCH_WITH_CHILDREN
    _expect_memory_back(stage, leak_rounds.memory_after_child, *_GIVEN, what, stretch=stretch)


@check("leak.failed-starts-leak-no-memory")
def test_failed_starts_leak_no_memory(stage: Stage) -> None:
    what = "large arrays, given to a process that could not start,"
    function = leak_rounds.memory_after_failed_start
    _expect_memory_back(stage, function, *_LARGE, what, stage.target.method)

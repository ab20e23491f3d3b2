"""Area `leak`: what remains of objects that were dropped, and of programs that have ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median_low
from typing import TypeVar

from hypothesis import strategies as st

from ...actors.objects.repeated_accesses import SORTS
from ...actors.scenarios import leak_rounds
from ...actors.scenarios.leak_rounds import SMALL
from ...actors.scenarios.program_exit import MAKERS, ScenarioFailed
from ...stage.findings import LeftBehind, OperationRaised, Unjudged
from ...stage.remains import Remains, remains_of, stderr_of_import
from ...stage.stage import Stage
from ..kit.causes import passed_to_children
from ..kit.check import check

T = TypeVar("T")

# Rounds with children: what a backend holds in reserve for later objects, or starts when first
# needed, exists after the first rounds. The other rounds are compared in three parts of so many. In
# the quick profile fewer rounds and shorter parts come first: what does not grow in them is not
# looked at again.
_FULL, _SHORT = (6, 4), (2, 2)
_COUNT = 20

# Rounds without. Memory may be freed late, but no backend should let more than half of 256 MiB wait
# for that. So these rounds allocate 100 MiB twice before anything is compared, and as much again
# twice afterwards. Little of it is allocated at once, so that a small container has room for it.
_LARGE = (2, 5 * 2**20)
_SMALL = (2560, 4096)
_STRETCH = 10
_SHARE = 5

# In the quick profile it is so many rounds at first, if what they allocate is more than what memory
# grows by at random: if it is not of things that are smaller than a page.
_BRIEF = 2
_PAGE = 4096

# How often each access is repeated between two measurements, and by how much memory may grow
# meanwhile by chance: if only one sort of access leaks, it leaks more than that.
_ACCESSES = 10_000
_LITTLE = 1 << 18

# Of smaller objects as many bytes would take too long.
_TINY = (1200, SMALL)

# A backend may free memory now and then, in a thread of its own. Where memory grows it is measured
# again after so many idle seconds.
_PAUSE = 1.0

# A child for each round takes long too.
_GIVEN = (2, 8 * 2**20)
_STRETCH_WITH_CHILDREN = 4

_ENDS = {"dropped": "its objects dropped", "kept": "its objects still alive"}
_ALL_ENDS = {**_ENDS, "exception": "an exception, its objects still alive"}
_CHILD_KILLED = "its objects dropped, after a child was killed"


def _expect_none(left: tuple[str, ...], what: str, ending: str) -> None:
    if left:
        raise LeftBehind(
            f"{what} left after a program ended with {ending}: {', '.join(left)}; should be none"
        )


def _with_what_can_be_passed(stage: Stage, run: Callable[[tuple[str, ...]], T]) -> T:
    """Run something with objects of all makers; if some cannot be passed to a child, without those.

    What makes them is given to `run`. That they cannot be passed is judged by other clauses.
    """
    try:
        return run(MAKERS)
    except Unjudged:
        makers = passed_to_children(stage.target)
        if makers in ((), MAKERS):
            raise
        return run(makers)


# Programs that end.


def _remains_of(stage: Stage, end: str) -> Remains:
    look = partial(_with_what_can_be_passed, stage, partial(remains_of, stage, end))
    return stage.once(("remains", end), look)


@check("leak.exit-leaves-no-processes")
def test_exit_leaves_no_processes(stage: Stage) -> None:
    left = _remains_of(stage, "dropped").processes
    _expect_none(left, "processes are", _ALL_ENDS["dropped"])


def _expect_no_names(stage: Stage, end: str, ending: str) -> None:
    left = _remains_of(stage, end).names
    if left is None:
        raise Unjudged("this system does not tell which names are the program's")
    _expect_none(left, "names of shared memory are", ending)


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
    _expect_none(_remains_of(stage, end).files, "temporary files are", _ALL_ENDS[end])


@check("leak.killed-processes-leave-no-files")
def test_killed_processes_leave_no_files(stage: Stage) -> None:
    for end, ending in (("killed", "SIGKILL"), ("child killed", _CHILD_KILLED)):
        _expect_none(_remains_of(stage, end).contents, "temporary files are", ending)


@check("leak.exit-writes-nothing-to-stderr", costly=True, end=st.sampled_from(list(_ENDS)))
def test_exit_writes_nothing_to_stderr(stage: Stage, end: str) -> None:
    stderr = _remains_of(stage, end).said.splitlines()
    lines = stderr and [line for line in stderr if line not in stderr_of_import(stage.target)]
    if lines:
        raise LeftBehind(
            f"a program that ended with {_ENDS[end]} wrote {len(lines)} lines to stderr, "
            f"should be none; the last: {lines[-1]}"
        )


# Objects that are dropped.


def _rounds(stage: Stage, most: int, makers: tuple[str, ...]) -> list[leak_rounds.Counts]:
    """Return what is counted after each of so many rounds with objects of some makers."""
    rounds: list[leak_rounds.Counts] = []
    with stage.fresh() as alone:
        function = leak_rounds.one_round
        args = (stage.target.backend, _COUNT, stage.target.method, makers)
        try:
            while len(rounds) < most:
                rounds.append(alone.creator.call(function, *args))
        except OperationRaised as raised:
            if not rounds or "builtins.OSError" not in raised.names:
                why = f"the objects cannot be created and passed to a child: {raised}"
                raise Unjudged(why, raised) from None
            # An OSError in a later round may be a limit that a leak has reached.
            raise LeftBehind(
                f"{_COUNT} objects of each sort were created, passed to a child and dropped "
                f"{len(rounds)} times, and could not be once more: {raised}"
            ) from None
    return rounds


def _expect_no_growth(stage: Stage, *fields: str) -> None:
    """Expect that these fields of what is counted after each round do not keep growing."""
    for settling, part in (_FULL,) if stage.effort >= 1 else (_SHORT, _FULL):
        run = partial(_rounds, stage, settling + 3 * part)
        rounds = stage.once(("rounds", part), partial(_with_what_can_be_passed, stage, run))
        sorts = {
            one.replace("_", " "): [getattr(counts, one) for counts in rounds] for one in fields
        }
        growing = {
            sort: numbers for sort, numbers in sorts.items() if _grow(numbers[settling:], part)
        }
        if not growing:
            break
    for sort, numbers in growing.items():
        raise LeftBehind(
            f"in {len(rounds)} rounds {_COUNT} objects of each sort were created, passed to a "
            f"child and dropped; the number of {sort} was {_listed(numbers)}, should not keep "
            "growing"
        )
    unknown = [sort for sort, numbers in sorts.items() if None in numbers]
    if unknown:
        raise Unjudged(f"this system does not tell how many {' and '.join(unknown)} there are")


def _scenario_failed(raised: OperationRaised) -> bool:
    return any(name.endswith(f".{ScenarioFailed.__name__}") for name in raised.names)


def _grow(numbers: list[int | None], part: int) -> bool:
    """Return whether numbers keep growing from each part to the next; not if some are unknown."""
    known = [number for number in numbers if number is not None]
    if len(known) < 3 * part:
        return False
    first, middle, last = (known[start : start + part] for start in range(0, 3 * part, part))
    # An occasional leak makes each part higher than the one before it; what is allocated once,
    # however late, raises one part only.
    grow = median_low(first) < median_low(middle) < median_low(last)
    return grow and max(first) < min(last)


@check("leak.dropped-objects-leak-no-descriptors")
def test_dropped_objects_leak_no_descriptors(stage: Stage) -> None:
    _expect_no_growth(stage, "file_descriptors")


@check("leak.started-children-leak-no-threads-or-processes")
def test_started_children_leak_no_threads_or_processes(stage: Stage) -> None:
    _expect_no_growth(stage, "threads", "processes")


@check("leak.dropped-objects-leak-no-names")
def test_dropped_objects_leak_no_names(stage: Stage) -> None:
    _expect_no_growth(stage, "names_of_shared_memory", "temporary_files")


def _expect_memory_freed(
    stage: Stage,
    function: Callable[..., int | None],
    count: int,
    size: int,
    what: str,
    *options: str,
    stretch: int | None = None,
    in_a_child: bool = False,
) -> None:
    """Expect that rounds of a function, each with `count` things of `size` bytes, free the memory.

    Where the size is 0, nothing is created, and `what` is the whole description.
    """
    stretch = stretch or _STRETCH
    raw_array = stage.backend_function("RawArray")
    made = stretch * count * size
    most = made // _SHARE or _LITTLE
    fewer = min(count, stage.times(count))
    brief = min(stretch, max(_BRIEF, stage.times(stretch))) if size >= _PAGE else stretch
    with stage.fresh() as alone:
        # A child that never inherited an object is no reason to keep that alive.
        child = alone.start()
        actor = child if in_a_child else alone.creator

        def memory_after(rounds: int, count: int) -> int:
            for _ in range(rounds):
                memory = actor.call(function, raw_array, count, size, *options)
            if memory is None:
                raise Unjudged("this system does not tell how much memory a process takes")
            return int(memory)

        def memory_after_pause() -> int:
            time.sleep(_PAUSE)
            return memory_after(1, 0)

        try:
            memory_after(1, fewer)
        except OperationRaised as raised:
            raise Unjudged(f"the objects cannot be created: {raised}", raised) from None
        try:
            # What does not grow with fewer, and in fewer rounds, is not looked at again.
            grown = -memory_after(brief, fewer) + memory_after(brief, fewer)
            if fewer < count and grown <= most * fewer * brief // (count * stretch):
                return
            # A leak grows in both of the last two; a bounded cache fills up before, or in one.
            four = [memory_after(stretch, count) for _ in range(2)]
            for _ in range(2):
                four.append(memory_after(stretch, count))
                if four[-1] - four[-2] <= most:
                    return
            three = [memory_after_pause()]
            for _ in range(2):
                memory_after(stretch, count)
                three.append(memory_after_pause())
                if three[-1] - three[-2] <= most:
                    return
        except OperationRaised as raised:
            if _scenario_failed(raised):
                raise Unjudged(f"a child did not run as scripted: {raised}", raised) from None
            raise
    if made:
        what = f"{what} of {size} bytes were created and dropped, {made} bytes"
    raise LeftBehind(
        f"again and again {what} between two measurements of the memory of the process: "
        f"{_listed(four)} bytes, and after pauses {_listed(three)} bytes; "
        f"should not grow by more than {most} bytes each time"
    )


def _listed(numbers: Sequence[int | None]) -> str:
    return ", ".join(map(str, numbers))


@check("leak.dropped-objects-leak-no-memory")
def test_dropped_objects_leak_no_memory(stage: Stage) -> None:
    _expect_memory_freed(stage, leak_rounds.memory_after_arrays, *_LARGE, "large arrays")
    what = "many arrays and structures, wrapped, copied or neither,"
    _expect_memory_freed(
        stage, leak_rounds.memory_after_small_objects, *_TINY, what, stage.target.backend
    )
    what = "many small arrays, in a child,"
    _expect_memory_freed(stage, leak_rounds.memory_after_arrays, *_SMALL, what, in_a_child=True)


@check("leak.accesses-leak-no-memory")
def test_accesses_leak_no_memory(stage: Stage) -> None:
    for name in ("Value", "Array"):
        stage.require(name)
    function, backend = leak_rounds.memory_after_accesses, stage.target.backend
    for sort in SORTS:
        what = f"{sort} were carried out, each {_ACCESSES} times,"
        _expect_memory_freed(stage, function, _ACCESSES, 0, what, backend, sort, stretch=1)


@check("leak.refused-objects-leak-no-memory")
def test_refused_objects_leak_no_memory(stage: Stage) -> None:
    what = "arrays, refused because of their last items,"
    _expect_memory_freed(stage, leak_rounds.memory_after_refusals, *_LARGE, what)


@check("leak.ended-children-leak-no-memory")
def test_ended_children_leak_no_memory(stage: Stage) -> None:
    what, stretch = "arrays, passed to a child that ended,", _STRETCH_WITH_CHILDREN
    _expect_memory_freed(stage, leak_rounds.memory_after_child, *_GIVEN, what, stretch=stretch)


@check("leak.failed-starts-leak-no-memory")
def test_failed_starts_leak_no_memory(stage: Stage) -> None:
    what = "large arrays, passed to a process that could not start,"
    function = leak_rounds.memory_after_failed_start
    _expect_memory_freed(stage, function, *_LARGE, what, stage.target.method)

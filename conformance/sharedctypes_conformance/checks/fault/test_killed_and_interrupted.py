"""Area `fault`: processes that end in the wrong place, and signals that come there."""

from __future__ import annotations

import signal
from collections.abc import Iterable
from typing import Any

from ...actors.scenarios import interrupted_calls, killed_processes, signal_handlers
from ...actors.scenarios.interrupted_calls import BLOCKS, ITEMS, MAKINGS, VALUES
from ...stage.findings import ActorHung, NotKept, OperationRaised, Unjudged
from ...stage.launch import members
from ...stage.stage import Stage
from ..kit.check import check, observation
from ..kit.observe import expect, wait_until

# Where one in a hundred of them keeps the lock, it is found 95 times of 100.
_SIGNALS = 300


def _makers(stage: Stage, *names: str) -> list[Any]:
    return [stage.backend_function(name) for name in names]


def _expect_all(found: dict[str, Any], wanted: dict[str, Any], what: str) -> None:
    if not found:
        raise Unjudged("the child did not come to where it was to end")
    wrong = [
        f"{name}: {found[name]}, should be {due}"
        for name, due in wanted.items()
        if found[name] != due
    ]
    if wrong:
        raise NotKept(f"{what}: {'; '.join(wrong)}")


# Killed.


@check("fault.a-killed-holder-blocks-nobody-for-ever")
def test_killed_holder(stage: Stage) -> None:
    make, make_raw = _makers(stage, "Value", "RawValue")
    for how in ("SIGKILL", "os._exit"):
        found = stage.creator.call(killed_processes.left_by_a_killed_holder, make, make_raw, how)
        well = dict.fromkeys(found.get("in the parent", ()), True)
        wanted = {"in the parent": well, "the next child's exit code": 0, "in the next child": well}
        _expect_all(found, wanted, f"after {how} ended the child that held a lock")


@observation("fault.lock-of-a-killed-holder")
def test_lock_of_a_killed_holder(stage: Stage) -> Any:
    make, make_raw = _makers(stage, "Value", "RawValue")
    return stage.creator.call(killed_processes.lock_of_a_killed_holder, make, make_raw)


@check("fault.a-killed-waiter-blocks-nobody")
def test_killed_waiter(stage: Stage) -> None:
    make, make_raw = _makers(stage, "Value", "RawValue")
    found = stage.creator.call(killed_processes.left_by_a_killed_waiter, make, make_raw)
    wanted = {"the exit code of the other one that waits": 0, "the lock is free": True}
    _expect_all(found, wanted, "after SIGKILL of a child that waited for a lock, and its release")


# Leaving.


@check("fault.leaving-processes-free-their-blocks-locks")
def test_leaving(stage: Stage) -> None:
    make, make_raw = _makers(stage, "Value", "RawValue")
    for how in ("an exception", "an interrupt", "sys.exit"):
        found = stage.creator.call(killed_processes.left_by_leaving, make, make_raw, how)
        wanted = {"ended": True, "the lock is free": True}
        _expect_all(found, wanted, f"after a child left its with block by {how}")


# Interrupted.


def _expect_safe_interpreter(stage: Stage, name: str, count: int = 10 * _SIGNALS) -> None:
    """Raise Unjudged where no backend can help it; some interpreters keep one lock in a hundred."""
    try:
        _, unsafe = stage.creator.call(interrupted_calls.kept_with_care, name, count)
    except OperationRaised as raised:
        raise Unjudged(f"there is nothing to compare with: {raised}") from None
    if unsafe:
        raise Unjudged(
            f"during {name} this interpreter keeps the lock of the most careful wrapper too, "
            f"after {unsafe} of {count} interrupts"
        )


def _expect_none_kept(
    stage: Stage, maker: str, args: tuple[Any, ...], names: Iterable[str]
) -> None:
    (make,) = _makers(stage, maker)
    for name in names:
        came, kept = stage.creator.call(interrupted_calls.kept, name, make, args, _SIGNALS)
        if came < _SIGNALS / 2:
            raise Unjudged(f"only {came} of {_SIGNALS} signals came during {name}")
        if kept:
            _expect_safe_interpreter(stage, name)
            raise NotKept(f"the lock was held after {kept} of {came} interrupts of {name}, not 0")


@check("fault.interrupts-never-keep-the-lock")
def test_interrupts(stage: Stage) -> None:
    _expect_none_kept(stage, "Value", ("i", 5), VALUES)
    _expect_none_kept(stage, "Array", ("i", 4), ITEMS)


@check("fault.interrupts-never-keep-the-lock-of-a-block")
def test_interrupts_of_blocks(stage: Stage) -> None:
    _expect_none_kept(stage, "Value", ("i", 5), BLOCKS)


@check("fault.interrupted-makings-spoil-nothing")
def test_interrupted_makings(stage: Stage) -> None:
    few = []
    for name in MAKINGS:
        stage.require(name.partition(" ")[0])
        # What it spoils stays spoilt: a stage of its own.
        with stage.fresh() as alone:
            came, spoilt = alone.creator.call(
                interrupted_calls.spoilt_by_interrupted_makings,
                stage.target.backend,
                name,
                _SIGNALS,
            )
        if spoilt:
            # Of accesses, no interpreter keeps one in a hundred: some keep none, others a third.
            _expect_safe_interpreter(stage, "reading value", _SIGNALS)
            raise NotKept(f"after {came} interrupts of making and dropping by {name}, {spoilt}")
        if came < _SIGNALS / 2:
            few.append(f"{came} of {_SIGNALS} signals came during making by {name}")
    if few:
        raise Unjudged(f"only {', '.join(few)}")


@check("fault.handlers-make-objects-amid-makings")
def test_makings_in_handlers(stage: Stage) -> None:
    stage.require("RawArray")
    came, spoilt, kept, stands = stage.creator.call(
        signal_handlers.spoilt_by_makings_in_handlers,
        stage.target.backend,
        5 * _SIGNALS,
    )
    if stands:
        what = "making an array in a signal handler, in the middle of another making"
        raise ActorHung("creator", what, 3, stands)
    if spoilt:
        raise NotKept(
            f"{spoilt} of {kept} arrays do not hold what was written into them, after a handler "
            f"made some {came} times while others were made"
        )
    if came < _SIGNALS / 2:
        raise Unjudged(f"only {came} signals came during making and dropping")


# Killed in the middle of writing.


@check("fault.killed-in-a-write-spoils-no-neighbour")
def test_killed_writer(stage: Stage) -> None:
    make_array, make_raw = _makers(stage, "RawArray", "RawValue")
    found = stage.creator.call(killed_processes.left_by_a_killed_writer, make_array, make_raw)
    wanted = {"items are of one of the writes": True, "neighbours are unchanged": True}
    _expect_all(found, wanted, "after SIGKILL of the child that wrote an array")


@check("fault.killed-while-making-blocks-nobody")
def test_killed_maker(stage: Stage) -> None:
    _makers(stage, "RawArray", "RawValue", "Value")
    call, backend = stage.creator.call, stage.target.backend
    found: dict[str, Any] = {}
    for turn in range(6):
        found |= call(killed_processes.left_by_a_killed_maker, backend, turn * 0.0007)
    if found:
        found |= call(killed_processes.left_to_a_child_by_killed_makers, backend)
    wanted = {"the parent makes objects": True, "the next child's exit code": 0}
    _expect_all(found, wanted, "after SIGKILL of children that made and dropped objects")


# Without the forkserver.


@check("fault.a-killed-forkserver-takes-nothing-along")
def test_killed_forkserver(stage: Stage) -> None:
    with stage.fresh(method="forkserver") as other:
        try:
            creator = other.creator
            value, array = creator.Value("i", 7), creator.Array("i", [1, 2, 3])
            child = other.start(value, array)
        except OperationRaised as refused:
            raise Unjudged(f"no process of a forkserver gets objects here: {refused}") from None
        child(value).value = 8
        server = child.call("os.getppid")
        other.end_example()
        groups = [creator.call("os.getpgid", pid) for pid in (server, creator.pid)]
        if server == creator.pid or groups[0] != groups[1]:
            raise Unjudged("the parent of a process of the forkserver is no forkserver here")
        creator.call("os.kill", server, signal.SIGKILL.value)
        # Killed, it lives on for a moment, and what is done by then is done with its help.
        wait_until(stage, lambda: server not in members(groups[0]), "the forkserver's end")
        with value.get_lock():
            expect(value.value, 8, "reading a Value when the forkserver is dead")
        array[1] = 5
        expect(array[:], [1, 5, 3], "reading an Array when the forkserver is dead")
        try:
            late = other.start(value, array)
        except OperationRaised:  # it may be refused
            return
        expect(late(value).value, 8, "reading the Value in a child started after that")
        expect(late(array)[:], [1, 5, 3], "reading the Array in a child started after that")

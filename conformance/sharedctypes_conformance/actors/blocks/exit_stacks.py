"""Several `with` blocks at once: two managers in a statement, and `contextlib.ExitStack`.

The constructs are like those of `blocks`, but of two managers. Both may have one recursive lock.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .recorder import CarriedOut, Notes, RaisedInBody, carry_out

if TYPE_CHECKING:
    from .recorder import Construct


class _Closed:
    """A manager that cannot be entered."""

    def __enter__(self) -> None:
        raise RaisedInBody

    def __exit__(self, *exc_info: object) -> None:
        raise AssertionError("left what was not entered")


# Two managers.


def _together(note: Notes, one: Any, two: Any) -> None:
    with one, two:
        note("inside")
    note("after the block")


def _one_in_the_other(note: Notes, one: Any, two: Any) -> str:
    with one:
        note("in one")
        with two:
            note("in both")
        note("in one again")
        with two:
            return "left"


def _other_way_round(note: Notes, one: Any, two: Any) -> None:
    with two:
        note("in two")
        with one:
            note("in both")
            raise RaisedInBody


def _second_fails(note: Notes, one: Any, two: Any) -> None:
    with one, _Closed(), two:
        note("not reached")


def _third_fails(note: Notes, one: Any, two: Any) -> None:
    with one, two, _Closed():
        note("not reached")


def _jumps_over_both(note: Notes, one: Any, two: Any) -> None:
    for _ in range(2):
        with one, two:
            continue
    note("after continue")
    while True:
        with one, two:
            break


PAIRS: Sequence[Construct] = (
    _together,
    _one_in_the_other,
    _other_way_round,
    _second_fails,
    _third_fails,
    _jumps_over_both,
)


# Stacks.


def _entered(note: Notes, one: Any, two: Any) -> None:
    with contextlib.ExitStack() as stack:
        stack.enter_context(one)
        note("in one")
        stack.enter_context(two)
        note("in both")


def _unwound_one_by_one(note: Notes, one: Any, two: Any) -> None:
    with contextlib.ExitStack() as stack:
        stack.callback(note, "one left")
        stack.enter_context(one)
        stack.callback(note, "two left")
        stack.enter_context(two)


def _closed_by_hand(note: Notes, one: Any, two: Any) -> None:
    stack = contextlib.ExitStack()
    stack.enter_context(one)
    stack.enter_context(two)
    stack.close()
    note("closed")
    stack.close()


def _only_pushed(note: Notes, one: Any, two: Any) -> None:
    with contextlib.ExitStack() as stack:
        one.acquire()
        stack.push(one)
        two.acquire()
        stack.callback(two.release)
        note("inside")


def _popped_all(note: Notes, one: Any, two: Any) -> None:
    with contextlib.ExitStack() as stack:
        stack.enter_context(one)
        stack.enter_context(two)
        kept = stack.pop_all()
    note("after the stack")
    with kept:
        note("in the other")
    note("after the other")


STACKS: Sequence[Construct] = (
    _entered,
    _unwound_one_by_one,
    _closed_by_hand,
    _only_pushed,
    _popped_all,
)


def _body_raises(_note: Notes, one: Any, two: Any) -> None:
    with contextlib.ExitStack() as stack:
        stack.enter_context(one)
        stack.enter_context(two)
        raise RaisedInBody


def _body_is_interrupted(_note: Notes, one: Any, two: Any) -> None:
    with contextlib.ExitStack() as stack:
        stack.enter_context(one)
        stack.enter_context(two)
        raise KeyboardInterrupt


def _entering_fails(_note: Notes, one: Any, two: Any) -> None:
    with contextlib.ExitStack() as stack:
        stack.enter_context(one)
        stack.enter_context(two)
        stack.enter_context(_Closed())


def _callbacks_raise(note: Notes, one: Any, two: Any) -> None:
    def fail(kind: type[BaseException]) -> None:
        note(kind.__name__)
        raise kind

    with contextlib.ExitStack() as stack:
        stack.callback(fail, ValueError)
        stack.enter_context(one)
        stack.callback(fail, KeyboardInterrupt)
        stack.enter_context(two)
        stack.callback(fail, RaisedInBody)


def _callback_swallows(note: Notes, one: Any, two: Any) -> str:
    with contextlib.ExitStack() as stack:
        stack.enter_context(one)
        stack.push(lambda *_: True)
        stack.enter_context(two)
        raise RaisedInBody
    note("after the block")
    return "swallowed"


def _raised_after_pop_all(note: Notes, one: Any, two: Any) -> None:
    kept = contextlib.ExitStack()
    try:
        with contextlib.ExitStack() as stack:
            stack.enter_context(one)
            kept = stack.pop_all()
            stack.enter_context(two)
            raise RaisedInBody
    finally:
        note("after the stack")
        kept.close()


ERRORS: Sequence[Construct] = (
    _body_raises,
    _body_is_interrupted,
    _entering_fails,
    _callbacks_raise,
    _callback_swallows,
    _raised_after_pop_all,
)


def carry_out_pairs(
    managers: Sequence[Any], locks: Sequence[Any], order: Sequence[int] | None = None
) -> list[CarriedOut]:
    """Carry out the statements with two managers; see `recorder.carry_out`."""
    return carry_out(PAIRS, managers, locks, order)


def carry_out_stacks(
    managers: Sequence[Any], locks: Sequence[Any], order: Sequence[int] | None = None
) -> list[CarriedOut]:
    """Carry out the constructs with exit stacks; see `recorder.carry_out`."""
    return carry_out(STACKS, managers, locks, order)


def carry_out_errors(
    managers: Sequence[Any], locks: Sequence[Any], order: Sequence[int] | None = None
) -> list[CarriedOut]:
    """Carry out the exit stacks in which something raises; see `recorder.carry_out`."""
    return carry_out(ERRORS, managers, locks, order)

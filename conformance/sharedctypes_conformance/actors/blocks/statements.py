"""`with` blocks of one manager as programs write them: how they are entered, and how left."""

from __future__ import annotations

import builtins
import contextlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..runtime import calls
from ..runtime.records import record
from ..threads.other_thread import OtherThread
from .recorder import CarriedOut, Notes, RaisedInBody, carry_out

if TYPE_CHECKING:
    from .recorder import Construct

# Jumps out of a block.


def _to_the_end(note: Notes, manager: Any) -> None:
    with manager:
        note("inside")
    note("after the block")


def _return(note: Notes, manager: Any) -> str:
    with manager:
        note("inside")
        return "left"


def _return_through_finally(note: Notes, manager: Any) -> str:
    try:
        with manager:
            try:
                return "left"
            finally:
                note("inner finally")
    finally:
        note("outer finally")


def _return_from_a_loop(note: Notes, manager: Any) -> int:
    for turn in range(3):
        with manager:
            if turn == 1:
                return turn
        note(f"after turn {turn}")
    return -1


def _break(note: Notes, manager: Any) -> None:
    for turn in range(3):
        with manager:
            note(f"turn {turn}")
            if turn == 1:
                break
    else:
        note("not reached")
    note("after the loop")


def _break_out_of_while(note: Notes, manager: Any) -> None:
    while True:
        try:
            with manager:
                break
        finally:
            note("finally")


def _continue(note: Notes, manager: Any) -> None:
    for turn in range(3):
        note(f"before turn {turn}")
        with manager:
            if turn < 2:
                continue
            note("last turn")


def _loop_inside(note: Notes, manager: Any) -> None:
    with manager:
        for _ in range(2):
            continue
        while True:
            break
        note("after loops")


def _raise_and_return_in_finally(note: Notes, manager: Any) -> str:
    try:
        with manager:
            raise RaisedInBody
    finally:
        note("finally")
        return "from finally"  # noqa: B012 - that is what is tried


def _raise_and_catch_outside(note: Notes, manager: Any) -> None:
    try:
        with manager:
            raise RaisedInBody
    except RaisedInBody:
        note("caught")


def _raise_and_catch_inside(note: Notes, manager: Any) -> None:
    with manager:
        try:
            raise RaisedInBody
        except RaisedInBody:
            note("caught")
    note("after the block")


JUMPS: Sequence[Construct] = (
    _to_the_end,
    _return,
    _return_through_finally,
    _return_from_a_loop,
    _break,
    _break_out_of_while,
    _continue,
    _loop_inside,
    _raise_and_catch_inside,
)

# In these an exception leaves the block, and is caught, or replaced by a return, outside of it.
CATCHES: Sequence[Construct] = (_raise_and_return_in_finally, _raise_and_catch_outside)


# Exceptions.


class Falsy(Exception):
    """An exception that is false, and empty."""

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return 0


class LikeNone(BaseException):
    """An exception that equals everything, None included."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


class Uncopyable(Exception):
    """An exception that cannot be made from its arguments."""

    def __init__(self, one: int, *, two: int) -> None:
        super().__init__(one)
        self.two = two


class _FalseClass(type):
    def __bool__(cls) -> bool:
        return False


class OfAFalseClass(Exception, metaclass=_FalseClass):
    """An exception whose class is false."""


_OWN: dict[str, Callable[[], BaseException]] = {
    "Falsy": Falsy,
    "LikeNone": LikeNone,
    "Uncopyable": lambda: Uncopyable(1, two=2),
    "OfAFalseClass": OfAFalseClass,
    "SystemExit(0)": lambda: SystemExit(0),
}


@record
class RaisedInBlock(NamedTuple):
    """What became of an exception that was raised in a block, and of the lock.

    Whether the very exception passed, or else what did, and whether it has the cause and the
    context that it has without a block.
    """

    kind: str
    is_the_same: bool
    what_passed: str
    has_its_context: bool
    lock_is_free: bool


def raise_in_blocks(manager: Any, lock: Any, kinds: Sequence[str]) -> list[RaisedInBlock]:
    """Raise exceptions in blocks; the first that leaves the lock held is the last."""
    found = []
    with OtherThread() as thread:
        for kind in kinds:
            if kind not in _OWN and not hasattr(builtins, kind):
                continue  # a class of newer interpreters
            make = _OWN[kind] if kind in _OWN else getattr(builtins, kind)
            error, cause, context = make(), KeyError("cause"), OSError("context")
            passed: BaseException | None = None
            try:
                try:
                    raise context
                except OSError:
                    with manager:
                        raise error from cause
            except BaseException as raised:  # whatever passes
                passed = raised
            whole = error.__cause__ is cause and error.__context__ is context
            free = thread.can_acquire(lock)
            words = "nothing" if passed is None else f"{type(passed).__qualname__}: {passed}"
            found.append(RaisedInBlock(kind, passed is error, words, whole, free))
            if not free:
                break
    return found


# Blocks that are entered and left in any order, mixed with acquire and release.


def _carry_out_step(step: str, one: Any) -> Any:
    if step == "enter":
        # What it binds is judged elsewhere.
        calls.enter(one)
        return None
    if step == "leave":
        # Whether it is true is all that a `with` statement asks.
        return bool(calls.leave(one))
    return getattr(one, step)()


def mix(steps: Sequence[tuple[str, bool]], manager: Any, lock: Any, recursive: bool) -> list[str]:
    """Enter, leave, acquire and release a manager or its lock; return the outcome of each step.

    What would wait for its own thread is left out.
    """
    outcomes = []
    with OtherThread() as thread:
        for step, of_lock in steps:
            if step in ("enter", "acquire") and not recursive and not thread.can_acquire(lock):
                continue
            try:
                outcome = f"returned {_carry_out_step(step, lock if of_lock else manager)!r}"
            except Exception as raised:  # whatever it raises is the outcome
                outcome = f"raised {type(raised).__name__}"
            outcomes.append(f"{step} {outcome}, then {thread.state(lock)}")
    return outcomes


def supports(managers: Sequence[Any], lock: Any) -> list[list[str]]:
    """Return what managers of one lock do in the places that ask for a context manager."""
    uses = []
    with OtherThread() as thread:
        for manager in managers:
            with manager:
                inside = thread.state(lock)
            by_stack = "entered"
            try:
                with contextlib.ExitStack() as stack:
                    stack.enter_context(manager)
            except (AttributeError, TypeError) as refusal:
                by_stack = f"raised {type(refusal).__name__}: {refusal}"
            uses.append(
                [
                    f"a context manager: {isinstance(manager, contextlib.AbstractContextManager)}",
                    f"in `with`: {inside}",
                    f"ExitStack: {by_stack}",
                    f"after both: {thread.state(lock)}",
                ]
            )
    return uses


def carry_out_jumps(
    managers: Sequence[Any], locks: Sequence[Any], order: Sequence[int] | None = None
) -> list[CarriedOut]:
    """Carry out the constructs that jump out of a block; see `recorder.carry_out`."""
    return carry_out(JUMPS, managers, locks, order)


def carry_out_catches(managers: Sequence[Any], locks: Sequence[Any]) -> list[CarriedOut]:
    """Carry out the constructs that catch an exception outside of the block that it left."""
    return carry_out(CATCHES, managers, locks)

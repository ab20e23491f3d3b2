"""`with` blocks of one manager as programs write them: ways into one, and ways out."""

from __future__ import annotations

import builtins
import contextlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from .recorder import Body, Diary, Elsewhere, carry_out

if TYPE_CHECKING:
    from .recorder import Construct

# Jumps out of a block.


def _to_the_end(note: Diary, manager: Any) -> None:
    with manager:
        note("inside")
    note("behind")


def _return(note: Diary, manager: Any) -> str:
    with manager:
        note("inside")
        return "left"


def _return_through_finally(note: Diary, manager: Any) -> str:
    try:
        with manager:
            try:
                return "left"
            finally:
                note("inner finally")
    finally:
        note("outer finally")


def _return_from_a_loop(note: Diary, manager: Any) -> int:
    for turn in range(3):
        with manager:
            if turn == 1:
                return turn
        note(f"after turn {turn}")
    return -1


def _break(note: Diary, manager: Any) -> None:
    for turn in range(3):
        with manager:
            note(f"turn {turn}")
            if turn == 1:
                break
    else:
        note("not reached")
    note("behind the loop")


def _break_out_of_while(note: Diary, manager: Any) -> None:
    while True:
        try:
            with manager:
                break
        finally:
            note("finally")


def _continue(note: Diary, manager: Any) -> None:
    for turn in range(3):
        note(f"before turn {turn}")
        with manager:
            if turn < 2:
                continue
            note("last turn")


def _loop_inside(note: Diary, manager: Any) -> None:
    with manager:
        for _ in range(2):
            continue
        while True:
            break
        note("after loops")


def _return_in_finally(note: Diary, manager: Any) -> str:
    try:
        with manager:
            raise Body
    finally:
        note("finally")
        return "in spite of it"  # noqa: B012 - that is what is tried


def _caught_outside(note: Diary, manager: Any) -> None:
    try:
        with manager:
            raise Body
    except Body:
        note("caught")


def _caught_inside(note: Diary, manager: Any) -> None:
    with manager:
        try:
            raise Body
        except Body:
            note("caught")
    note("behind")


JUMPS: Sequence[Construct] = (
    _to_the_end,
    _return,
    _return_through_finally,
    _return_from_a_loop,
    _break,
    _break_out_of_while,
    _continue,
    _loop_inside,
    _return_in_finally,
    _caught_outside,
    _caught_inside,
)


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


def pass_on(manager: Any, lock: Any, kinds: Sequence[str]) -> list[tuple[str, bool, bool, bool]]:
    """Raise exceptions in blocks; return what became of each.

    Told are its kind, whether the very exception passed, whether its cause, context and traceback
    are those that it has without a block, and whether the lock is free then; the first that is
    held is the last.
    """
    told = []
    with Elsewhere() as elsewhere:
        for kind in kinds:
            make = _OWN[kind] if kind in _OWN else getattr(builtins, kind)
            error, cause, context = make(), KeyError("cause"), OSError("context")
            came: BaseException | None = None
            try:
                try:
                    raise context
                except OSError:
                    with manager:
                        raise error from cause
            except BaseException as raised:  # whatever passes is what came
                came = raised
            whole = error.__cause__ is cause and error.__context__ is context
            told.append((kind, came is error, whole, elsewhere.free(lock)))
            if not told[-1][-1]:
                break
    return told


# Blocks that are entered and left in any order, mixed with acquire and release.


def _take(step: str, one: Any) -> Any:
    if step == "enter":
        return type(one).__enter__(one)
    if step == "leave":
        return type(one).__exit__(one, None, None, None)
    return getattr(one, step)()


def mix(steps: Sequence[tuple[str, bool]], manager: Any, lock: Any, recursive: bool) -> list[str]:
    """Enter, leave, acquire and release a manager or its lock; return what came of each step.

    What would wait for its own thread is left out.
    """
    told = []
    with Elsewhere() as elsewhere:
        for step, of_lock in steps:
            if step in ("enter", "acquire") and not recursive and not elsewhere.free(lock):
                continue
            try:
                came = f"returned {_take(step, lock if of_lock else manager)!r}"
            except Exception as raised:  # whatever it raises is what came
                came = f"raised {type(raised).__name__}"
            told.append(f"{step} {came}, then {elsewhere.state(lock)}")
    return told


def supports(managers: Sequence[Any], lock: Any) -> list[list[str]]:
    """Return what managers of one lock do in the places that ask for a manager."""
    told = []
    with Elsewhere() as elsewhere:
        for manager in managers:
            with manager as by_statement:
                inside = elsewhere.state(lock)
            with contextlib.ExitStack() as stack:
                by_stack = stack.enter_context(manager)
            told.append(
                [
                    f"a context manager: {isinstance(manager, contextlib.AbstractContextManager)}",
                    f"bound: {by_statement!r}, {by_stack!r}",
                    f"inside: {inside}",
                    f"after: {elsewhere.state(lock)}",
                ]
            )
    return told


def carry_out_jumps(
    managers: Sequence[Any], locks: Sequence[Any], order: Sequence[int] | None = None
) -> list[tuple[str, list[str]]]:
    """Carry out the constructs that jump out of a block; see `recorder.carry_out`."""
    return carry_out(JUMPS, managers, locks, order)

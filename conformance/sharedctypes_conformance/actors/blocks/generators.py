"""`with` blocks in generators: suspended inside, and ended from outside."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from .recorder import CarriedOut, Notes, RaisedInBody, carry_out
from .statements import CATCHES, JUMPS

if TYPE_CHECKING:
    from .recorder import Construct


def suspended(manager: Any, words: Sequence[str] = ("inside",)) -> Iterator[str]:
    """Give words from inside a block, and return when there are no more."""
    with manager:
        yield from words


def _stubborn(note: Notes, manager: Any) -> Iterator[str]:
    with manager:
        try:
            yield "first"
        except RaisedInBody:
            note("caught")
            yield "second"
    note("after the block")
    yield "third"


def _exhausted(note: Notes, manager: Any) -> list[str]:
    words = suspended(manager, ("one", "two"))
    note("made")
    first = next(words)
    note("suspended")
    rest = list(words)
    note("exhausted")
    return [first, *rest]


def _closed(note: Notes, manager: Any) -> None:
    words = suspended(manager)
    next(words)
    note("suspended")
    words.close()  # type: ignore[attr-defined]
    note("closed")
    words.close()  # type: ignore[attr-defined]


def _never_begun(note: Notes, manager: Any) -> None:
    words = suspended(manager)
    words.close()  # type: ignore[attr-defined]
    note("closed")


def _thrown_into(note: Notes, manager: Any) -> None:
    words = suspended(manager)
    next(words)
    try:
        words.throw(RaisedInBody)  # type: ignore[attr-defined]
    except RaisedInBody:
        note("thrown out")


def _thrown_and_caught(note: Notes, manager: Any) -> list[str]:
    words = _stubborn(note, manager)
    got = [next(words), words.throw(RaisedInBody)]  # type: ignore[attr-defined]
    note("suspended again")
    got += list(words)
    return got


def _dropped(note: Notes, manager: Any) -> None:
    words = suspended(manager)
    next(words)
    note("suspended")
    del words
    if sys.implementation.name != "cpython":
        # Elsewhere it goes when the collector comes.
        gc.collect()
    note("dropped")


def _left_by_its_reader(note: Notes, manager: Any) -> None:
    words = suspended(manager, ("one", "two"))
    for _ in words:
        note("in the loop")
        break
    words.close()  # type: ignore[attr-defined]


def _delegated(note: Notes, manager: Any) -> None:
    def outer() -> Iterator[str]:
        yield from suspended(manager)
        note("inner ended")
        yield "outer"

    words = outer()
    next(words)
    note("suspended")
    next(words)
    words.close()  # type: ignore[attr-defined]


def _returned_inside(_note: Notes, manager: Any) -> list[str]:
    def words() -> Iterator[str]:
        with manager:
            yield "one"
            return

    return list(words())


GENERATORS: Sequence[Construct] = (
    _exhausted,
    _closed,
    _never_begun,
    _thrown_into,
    _thrown_and_caught,
    _dropped,
    _left_by_its_reader,
    _delegated,
    _returned_inside,
)


# Functions of `contextlib.contextmanager`.


@contextlib.contextmanager
def _around(manager: Any) -> Iterator[str]:
    with manager:
        yield "bound"


@contextlib.contextmanager
def _forgiving(manager: Any) -> Iterator[None]:
    with manager, contextlib.suppress(RaisedInBody):
        yield


def _around_to_the_end(note: Notes, manager: Any) -> str:
    with _around(manager) as bound:
        note("inside")
    note("after the block")
    return bound


def _around_a_return(note: Notes, manager: Any) -> str:
    with _around(manager) as bound:
        note("inside")
        return bound


def _around_an_error(note: Notes, manager: Any) -> None:
    try:
        with _around(manager):
            raise RaisedInBody
    finally:
        note("outside")


def _around_an_interrupt(note: Notes, manager: Any) -> None:
    try:
        with _around(manager):
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        note("outside")


def _around_a_stop(_note: Notes, manager: Any) -> None:
    with _around(manager):
        raise StopIteration


def _forgiven(note: Notes, manager: Any) -> None:
    with _forgiving(manager):
        note("inside")
        raise RaisedInBody
    note("after the block")


def _as_decorator(note: Notes, manager: Any) -> list[str]:
    @_around(manager)
    def decorated() -> str:
        note("inside")
        return "done"

    first = decorated()
    note("between")
    return [first, decorated()]


FUNCTIONS: Sequence[Construct] = (
    _around_to_the_end,
    _around_a_return,
    _around_an_error,
    _around_an_interrupt,
    _around_a_stop,
    _forgiven,
    _as_decorator,
)

# Every construct of one manager.
OF_ONE: Sequence[Construct] = (*JUMPS, *CATCHES, *GENERATORS, *FUNCTIONS)


def carry_out_generators(
    managers: Sequence[Any], locks: Sequence[Any], order: Sequence[int] | None = None
) -> list[CarriedOut]:
    """Carry out the constructs with generators; see `recorder.carry_out`."""
    return carry_out(GENERATORS, managers, locks, order)


def carry_out_functions(
    managers: Sequence[Any], locks: Sequence[Any], order: Sequence[int] | None = None
) -> list[CarriedOut]:
    """Carry out the constructs with `contextmanager` functions; see `recorder.carry_out`."""
    return carry_out(FUNCTIONS, managers, locks, order)


def carry_out_any(
    managers: Sequence[Any], locks: Sequence[Any], order: Sequence[int] | None = None
) -> list[CarriedOut]:
    """Carry out the constructs of one manager, in any order; see `recorder.carry_out`."""
    return carry_out(OF_ONE, managers, locks, order)

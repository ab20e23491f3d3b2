"""The twin: a plain ctypes object with the same bytes, on which each operation is done as well.

What a member of a wrapper does is what the same member of the object does, so the outcomes must be
the same, and in the end the bytes. These are looked at in the creator, whoever did the operations:
what stayed in a child, or in an attribute of the wrapper, is not in the object.

The twin, which is nobody's backend, does all of its operations in one call.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..stage.findings import NotKept, short_name
from ..stage.handles import Handle, Name
from ..strategies.accesses import Access
from .observe import Outcome, expect_same, outcome_of

PLAYING = "sharedctypes_actors.playing."


@dataclass(frozen=True)
class Played:
    """What came of an operation, and the bytes of the memory that was watched meanwhile."""

    outcome: Outcome
    before: bytes
    after: bytes


def twin_of(raw: Handle) -> Handle:
    """Return an ordinary ctypes object of the same type with the same bytes."""
    twin: Handle = raw._handle_actor.call(PLAYING + "twin_of", raw)
    return twin


def bytes_of(raw: Handle) -> bytes:
    """Return all bytes of a ctypes object."""
    data: bytes = raw._handle_actor.tool("contents", raw)[1]
    return data


def play(operations: Sequence[Access], obj: Handle, memory: Handle | None = None) -> list[Played]:
    """Carry out operations on an object in one call; return what came of each."""
    calls = [(Name(operation.function), operation.args) for operation in operations]
    outcomes = obj._handle_actor.call(PLAYING + "play", obj, calls, memory)
    return [_played(*outcome) for outcome in outcomes]


def _played(how: str, what: str, _text: str, before: bytes, after: bytes) -> Played:
    return Played(Outcome(how, short_name(what) if how == "raised" else what), before, after)


def same_as_twin(
    operations: Sequence[Access],
    obj: Handle,
    raw: Handle,
    shown: object,
    twin: Handle | None = None,
) -> None:
    """Raise NotKept unless operations on `obj` do what they do on a plain ctypes object.

    `raw` is the object that `obj` wraps or is, as its creator sees it; `shown` says what it is. A
    `twin` is to be given where it has a history of its own.
    """
    each_same_as_twin([(obj, operation) for operation in operations], raw, shown, twin)


def each_same_as_twin(
    steps: Sequence[tuple[Handle, Access]], raw: Handle, shown: object, twin: Handle | None = None
) -> None:
    """Raise NotKept unless operations, each through a handle of its own, do what a twin does.

    The handles are of one object: wrappers of it, or views of it in several actors.
    """
    if twin is None:
        twin = twin_of(raw)
    operations = [operation for _, operation in steps]
    wanted = play(operations, twin, twin)
    for (obj, operation), want in zip(steps, wanted, strict=True):
        (got,) = play([operation], obj)
        expect_same(got.outcome, want.outcome, operation.on(shown))
        if want.outcome.how == "raised" and not operation.reads:
            _changed_no_byte_more(operation, raw, shown, want)
    what = f"the bytes of {shown} after {', '.join(map(repr, operations))}: they have"
    expect_same(outcome_of(raw), outcome_of(twin), what)


def _changed_no_byte_more(operation: Access, raw: Handle, shown: object, want: Played) -> None:
    """Judge the memory after a refused operation, and make both the same again.

    ctypes assigns a slice item by item and leaves what it wrote before it met the one that it
    refuses. To write nothing at all is as good.
    """
    got = bytes_of(raw)
    for place, byte in enumerate(got):
        if byte not in (want.before[place], want.after[place]):
            raise NotKept(
                f"{operation.on(shown)}, which is refused, changed byte {place} "
                f"from {want.before[place]} to {byte}"
            )
    if got != want.after:
        raw._handle_actor.tool("fill", raw, want.after)

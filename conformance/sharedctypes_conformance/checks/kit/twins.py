"""The twin: a plain ctypes object with the same bytes, on which each operation is done as well.

What a member of a wrapper does is what the same member of the object does, so the outcomes must be
the same, and in the end the bytes. These are looked at in the creator, whoever did the operations:
what stayed in a child, or in an attribute of the wrapper, is not in the object.

The twin, which no backend has a part in, does all of its operations in one call. The object does as
many in one call as there are until it is another process's turn, or one is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...actors.runtime import batches, memory
from ...stage.actor import actor_of
from ...stage.findings import NotKept, Raised, short_name
from ...stage.handles import Handle, number_of
from ...stage.names import Name
from ...strategies.accesses import Access
from .observe import Outcome, expect_same


@dataclass(frozen=True)
class Played:
    """The outcome of an operation, and the bytes of the memory that was watched meanwhile."""

    outcome: Outcome
    before: bytes
    after: bytes


def twin_of(raw: Handle) -> Handle:
    """Return an ordinary ctypes object of the same type with the same bytes."""
    twin: Handle = actor_of(raw).call(batches.twin_of, raw)
    return twin


def bytes_of(raw: Handle) -> bytes:
    """Return all bytes of a ctypes object."""
    data: bytes = actor_of(raw).call(memory.contents, raw)[1]
    return data


def play(operations: Sequence[Access], obj: Handle, memory: Handle | None = None) -> list[Played]:
    """Carry out operations on an object in one call; return the outcomes."""
    call = actor_of(obj).call
    return _played(call(batches.play, obj, _calls(operations), memory))


def _play_on_twin(operations: Sequence[Access], raw: Handle, twin: Handle | None) -> list[Played]:
    """Carry out operations on a twin, a new one if none is given, and watch its bytes."""
    # What the twin does is no evidence against a backend: messages state its outcome instead.
    with actor_of(raw).history.paused():
        if twin is not None:
            return play(operations, twin, twin)
        call = actor_of(raw).call
        return _played(call(batches.play_on_twin, raw, _calls(operations)))


def _calls(operations: Sequence[Access]) -> list[tuple[Name, tuple[Any, ...]]]:
    return [(operation.function, operation.args) for operation in operations]


def _played(operations: Sequence[batches.PlayedOperation]) -> list[Played]:
    return [
        Played(
            _outcome(one),
            one.before,
            one.after,
        )
        for one in operations
    ]


def _outcome(operation: batches.PlayedOperation) -> Outcome:
    if operation.how != "raised":
        return Outcome(operation.how, operation.what)
    name = short_name(operation.what)
    return Outcome(operation.how, name, (Raised(name, operation.text or ""),))


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
    operations = [operation for _, operation in steps]
    wanted = _play_on_twin(operations, raw, twin)
    place = 0
    while place < len(steps):
        end = _end_of_batch(steps, wanted, place)
        batch = operations[place:end]
        outcomes = play(batch, steps[place][0])
        compared = zip(batch, outcomes, wanted[place:end], strict=True)
        for number, (operation, got, want) in enumerate(compared, 1):
            after = len(batch) - number
            expect_same(got.outcome, want.outcome, operation.on(shown), after)
        if _is_refused(operations[end - 1], wanted[end - 1]):
            _changed_no_byte_more(operations[end - 1], raw, shown, wanted[end - 1])
        place = end
    if wanted and (left := bytes_of(raw)) != wanted[-1].after:
        done = ", ".join(map(repr, operations))
        should = wanted[-1].after.hex()
        raise NotKept(f"{shown} after {done} has the bytes {left.hex()}, should have {should}")


def _end_of_batch(
    steps: Sequence[tuple[Handle, Access]], wanted: Sequence[Played], start: int
) -> int:
    """Return how far one call can go: through one handle, up to a refusal."""
    first = steps[start][0]
    for place in range(start, len(steps)):
        obj, operation = steps[place]
        same_actor = actor_of(obj) is actor_of(first)
        if not same_actor or number_of(obj) != number_of(first):
            return place
        if _is_refused(operation, wanted[place]):
            return place + 1
    return len(steps)


def _is_refused(operation: Access, want: Played) -> bool:
    return want.outcome.how == "raised" and not operation.reads


def _changed_no_byte_more(operation: Access, raw: Handle, shown: object, want: Played) -> None:
    """Judge the memory after a refused operation, and make both objects the same again.

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
        actor_of(raw).call(memory.fill, raw, want.after)

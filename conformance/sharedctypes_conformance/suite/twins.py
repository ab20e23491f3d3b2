"""The twin: a plain ctypes object with the same bytes, on which each operation is done as well.

What a member of a wrapper does is what the same member of the object does, so the outcomes must be
the same, and in the end the bytes. These are looked at in the creator, whoever did the operations:
what stayed in a child, or in an attribute of the wrapper, is not in the object.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..stage.findings import NotKept
from ..stage.handles import Handle
from ..strategies.accesses import Access
from .observe import attempt, expect_same, outcome_of


def twin_of(raw: Handle) -> Handle:
    """Return an ordinary ctypes object of the same type with the same bytes."""
    actor = raw._handle_actor
    twin: Handle = actor.tool("blank_like", raw)
    actor.tool("fill", twin, bytes_of(raw))
    return twin


def bytes_of(raw: Handle) -> bytes:
    """Return all bytes of a ctypes object."""
    data: bytes = raw._handle_actor.tool("contents", raw)[1]
    return data


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
    twin = twin or twin_of(raw)
    for operation in operations:
        both_do(operation, obj, raw, shown, twin)
    what = f"the bytes of {shown} after {', '.join(map(repr, operations))}: they have"
    expect_same(outcome_of(raw), outcome_of(twin), what)


def both_do(operation: Access, obj: Handle, raw: Handle, shown: object, twin: Handle) -> None:
    """Carry out one operation on both, and raise NotKept unless the outcomes are the same."""
    before = b"" if operation.reads else bytes_of(twin)
    wanted = attempt(lambda: operation.carry_out(twin))
    got = attempt(lambda: operation.carry_out(obj))
    expect_same(got, wanted, operation.on(shown))
    if wanted.how == "raised" and before:
        _changed_no_byte_more(operation, raw, shown, before, twin)


def _changed_no_byte_more(
    operation: Access, raw: Handle, shown: object, before: bytes, twin: Handle
) -> None:
    """Judge the memory after a refused operation, and make both the same again.

    ctypes assigns a slice item by item and leaves what it wrote before it met the one that it
    refuses. To write nothing at all is as good.
    """
    got, wanted = bytes_of(raw), bytes_of(twin)
    for place, byte in enumerate(got):
        if byte not in (before[place], wanted[place]):
            raise NotKept(
                f"{operation.on(shown)}, which is refused, changed byte {place} "
                f"from {before[place]} to {byte}"
            )
    if got != wanted:
        raw._handle_actor.tool("fill", raw, wanted)

"""Operations on a shared object and on an ordinary one alongside, all of each in one call.

After each operation both have the same bytes. This is what `twins` does as well, operation by
operation; here an example has room for more of them, and its first difference ends it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..stage.findings import NotKept
from ..stage.handles import Handle
from ..strategies.accesses import Access
from .observe import expect_same
from .twins import Played, bytes_of, play


def same_alongside(
    operations: Sequence[Access],
    obj: Handle,
    memory: Handle,
    raw: Handle,
    shown: object,
    ordinary: Handle,
) -> None:
    """Raise NotKept unless operations on `obj` do what they do on an ordinary ctypes object.

    `memory` is the raw object behind `obj` as its actor sees it, `raw` as its creator does; `shown`
    says what it is. The `ordinary` one has the same bytes.
    """
    wanted = play(operations, ordinary, ordinary)
    got = play(operations, obj, memory)
    for operation, ours, theirs in zip(operations, wanted, got, strict=True):
        expect_same(theirs.outcome, ours.outcome, operation.on(shown))
        if theirs.after != ours.after:
            _judge_difference(operation, ours, theirs, shown)
            return
    if got and bytes_of(raw) != got[-1].after:
        raise NotKept(
            f"after {operations[-1].on(shown)} the creator sees bytes {bytes_of(raw).hex()}, "
            f"who did it {got[-1].after.hex()}"
        )


def _judge_difference(operation: Access, ours: Played, theirs: Played, shown: object) -> None:
    """Judge what an operation left in memory, if this is not what ctypes left.

    ctypes assigns a slice item by item and leaves what it wrote before it met the one that it
    refuses. To write nothing at all is as good; what follows is not comparable then.
    """
    call = operation.on(shown)
    if ours.outcome.how == "returned":
        raise NotKept(
            f"after {call} there are bytes {theirs.after.hex()}, should be {ours.after.hex()}"
        )
    for place, byte in enumerate(theirs.after):
        if byte not in (ours.before[place], ours.after[place]):
            raise NotKept(
                f"{call}, which is refused, changed byte {place} "
                f"from {ours.before[place]} to {byte}"
            )

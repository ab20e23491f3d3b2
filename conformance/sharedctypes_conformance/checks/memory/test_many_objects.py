"""Area `memory`: objects by the thousand, of many sizes and ages.

They are constructed in portions, so that a slow backend is not reported as hung.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ...actors.objects import crowds
from ...stage.findings import NotKept, Unjudged
from ...stage.handles import Handle
from ...stage.stage import Stage
from ..kit.check import check
from ..kit.observe import expect

# How many portions are waited for. A backend that needs more is not judged.
_PORTIONS = 120


def _in_portions(total: int, go_on: Callable[[int], int], what: str) -> None:
    """Call `go_on` with the number done so far until it returns `total`; raises Unjudged."""
    done = 0
    for _ in range(_PORTIONS):
        if done >= total:
            return
        done = go_on(done)
    raise Unjudged(f"it takes too long: {done} of {total} {what} are constructed")


@check("memory.thousands-of-objects-stay-distinct")
def test_thousands_of_objects_stay_distinct(stage: Stage) -> None:
    make = stage.backend_function("RawValue")
    values = stage.creator.call(crowds.Values, make)
    _in_portions(10_000, lambda _: values.grow(10_000), "values")
    expect(values.wrong(), [], "which of up to 10000 values do not hold their numbers:")


class _Crowd:
    """Arrays that the creator holds."""

    def __init__(self, stage: Stage, mark: int) -> None:
        make = stage.backend_function("RawArray")
        self.handle: Handle = stage.creator.make(crowds.Crowd, mark, make)

    def add(self, sizes: list[int]) -> None:
        _in_portions(
            len(sizes), lambda done: done + self.handle.add(sizes[done:]), "arrays of many sizes"
        )

    def expect_unchanged(self, when: str) -> None:
        found = self.handle.changed()
        if found:
            raise NotKept(
                f"{when}, {len(found)} arrays have bytes that were not written to them: "
                + "; ".join(found[:3])
            )


# Offsets from the sizes at which an allocator may change its method, for what it may forget to
# reserve: a byte, an odd double, a header.
_OFFSETS = (-8, -1, 0, 1, 8)
# One of the smaller sizes may be wrong alone, as one of a table of an allocator's is.
_EACH = range(1, 1200)
_SMALL_BITS, _MEDIUM_BITS, _LARGE_BITS = range(10, 16), range(16, 20), range(20, 25)


def _sizes(bits: range, multiples: tuple[int, ...], offsets: tuple[int, ...]) -> list[int]:
    return [
        (multiple << bit) + offset for bit in bits for multiple in multiples for offset in offsets
    ]


def _groups(stage: Stage) -> Iterator[tuple[Iterable[int], int]]:
    """Yield sizes, and how many of each are alive at once: fewer of the larger, to save memory."""
    yield _EACH, 3
    yield _sizes(_SMALL_BITS, (1, 3, 5, 7), _OFFSETS), 3
    yield _sizes(_MEDIUM_BITS, (1, 3)[: stage.times(2)], _OFFSETS), 2
    yield _sizes(_LARGE_BITS, (1,), (-8, 1)), 2


# How many bytes are alive at the same time, at most, unless one size alone needs more.
_ALIVE = 1 << 21


def _batches(stage: Stage) -> Iterator[list[int]]:
    """Yield the sizes, several of each, in batches that are alive at the same time."""
    batch: list[int] = []
    for sizes, number in _groups(stage):
        for size in sizes:
            if batch and sum(batch) + number * size > _ALIVE:
                yield batch
                batch = []
            batch += [size] * number
    yield batch


@check("memory.every-size-is-fully-allocated")
def test_every_size_is_fully_allocated(stage: Stage) -> None:
    crowd = _Crowd(stage, 1)
    for batch in _batches(stage):
        crowd.add(batch)
        crowd.expect_unchanged(f"with arrays of {min(batch)} to {max(batch)} bytes")
        crowd.handle.drop(0, len(batch))


# Sizes of small objects, taken in turn: many are alive at once, several MiB of them.
_TURNS = (8, 24, 56, 120, 200, 500, 1000, 1024, 1500, 3000, 40, 700)
_LIVING = 6_000
# So many are created and dropped while a few of each lot stay alive: a backend that numbers them in
# 15 or 16 bits reuses the numbers of those.
_PASSING, _OF, _STAY, _SIZE = 70_000, 512, 16, 24
# A slow backend gets through fewer of them.
_MOST_ROUNDS = 20


@check("memory.reallocation-changes-no-live-object")
def test_reallocation_changes_no_live_object(stage: Stage) -> None:
    crowd = _Crowd(stage, 1)
    living = stage.times(_LIVING)
    sizes = [_TURNS[number % len(_TURNS)] for number in range(living)]
    crowd.add(sizes)
    for first in (0, 1):
        crowd.handle.drop(first, living, 2)
        # In another order, so that each has other neighbours than before.
        crowd.add(sizes[1 - first :: 2][::-1])
        crowd.expect_unchanged(
            f"when every second one of {living} was replaced by one of another size"
        )
    crowd.handle.drop(0, living)
    lasting = _Crowd(stage, 2)
    passed = 0
    for _ in range(_MOST_ROUNDS):
        if passed < _PASSING:
            passed += lasting.handle.see_pass_by(passed, _PASSING, _SIZE, _OF, _STAY)
    when = f"while {passed} others were created and dropped"
    lasting.expect_unchanged(when)
    older = passed // _OF * _STAY // 2
    lasting.handle.drop(0, older)
    lasting.add([_SIZE] * older)
    lasting.expect_unchanged(f"{when}, and the older ones were dropped")

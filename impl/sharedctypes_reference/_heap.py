"""The heap: which part of which arena belongs to which object.

The story, in the order of a block's life:

1. `allocate` finds room in an arena, zeroes what was used before, and returns a `Block`.
2. Whoever uses the memory refers to the block.  When nobody does, the block's number is appended
   to a deque, and nothing else happens: this may run anywhere, in a garbage collection in the
   middle of `allocate`, in a signal handler, in any thread, and an append needs no lock.
3. The next `allocate` drains the deque.  A block that a child or its own may still use waits for
   them (`_lifelines` says how), every other goes back to its arena.
4. An arena without blocks is used afresh, or dropped when another empty one is in stock.

A forked child starts with an empty heap.  What it inherited stays mapped for the objects it
inherited, and is never handed out again by it: the parent hands out the same bytes.
"""

from __future__ import annotations

import itertools
import mmap
import os
from collections import deque
from collections.abc import Callable
from typing import Any

from . import _lifelines
from ._arena import Arena
from ._entering import RLock

_SMALLEST_ARENA = 64 * 1024
_LARGEST_ARENA = 32 * 1024 * 1024
_OWN_ARENA_FROM = 8 * 1024 * 1024
_MINIMUM_ALIGNMENT = 16

# Never reset, also not in a forked child: a number that came again there would let the death of an
# inherited object free a block that belongs to a new one.
_numbers = itertools.count(1)
_released: deque[int] = deque()


class _Release:
    """Announces with its own death that a block may be used again."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number

    def __del__(self, _append: Callable[[int], None] = _released.append) -> None:
        _append(self.number)


class Block:
    """Bytes of an arena that belong to one object, for as long as anything refers to the block.

    `number` is 0 for a block that this process will never recycle: one received from another
    process, or one that has its arena for itself.
    """

    __slots__ = ("_last_words", "arena", "number", "offset")

    def __init__(self, arena: Arena, offset: int, number: int = 0) -> None:
        self.arena = arena
        self.offset = offset
        self.number = number

    def __del__(self, _release: Callable[[int], _Release] = _Release) -> None:
        # The garbage collector calls this while other finalizers may still write to the object, or
        # even bring it back to life.  So the block is not released here, but when it is really
        # taken down, and takes with it an object that the collector has not seen.
        # It has no number yet if an interrupt came before `__init__` had begun.
        if getattr(self, "number", 0):
            self._last_words = _release(self.number)


class _Room:
    """An arena of the heap: what is free in it, and how many blocks are not.

    Sizes are rounded to few classes, so that a free block fits the next request of its class and
    none is ever split or merged.
    """

    __slots__ = ("arena", "blocks", "free", "top", "touched")

    def __init__(self, size: int) -> None:
        self.arena = Arena(size)
        self.free: dict[tuple[int, int], list[int]] = {}
        self.blocks = 0
        self.top = 0  # nothing from here on is in use
        self.touched = 0  # nothing from here on was ever in use: still zero

    def take(self, size: int, alignment: int) -> int | None:
        """Return the offset of zeroed bytes, or None when there is no room."""
        free = self.free.get((size, alignment))
        if free:
            offset = free.pop()
        else:
            offset = _round_up(self.top, alignment)
            if offset + size > self.arena.size:
                return None
            self.top = offset + size
        self.blocks += 1
        if offset < self.touched:
            self.arena.memory[offset : offset + size] = bytes(size)
        self.touched = max(self.touched, offset + size)
        return offset

    def give_back(self, offset: int, size: int, alignment: int) -> None:
        self.blocks -= 1
        if self.blocks:
            self.free.setdefault((size, alignment), []).append(offset)
        else:
            self.free.clear()
            self.top = 0


class _Lent:
    """What the heap remembers of a block in use, without keeping the block alive."""

    __slots__ = ("alignment", "epoch", "offset", "room", "size")

    def __init__(self, room: _Room, offset: int, size: int, alignment: int, epoch: int) -> None:
        self.room = room
        self.offset = offset
        self.size = size
        self.alignment = alignment
        self.epoch = epoch


class Heap:
    """Hands out blocks of shared memory. There is one per process."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        self._lock = RLock()
        self._busy = False
        self._rooms: list[_Room] = []
        self._next_size = _SMALLEST_ARENA
        self._lent: dict[int, _Lent] = {}
        self._waiting: list[tuple[_Lent, list[_lifelines.Lifeline]]] = []
        self._ended = _lifelines.ended()

    def allocate(self, size: int, alignment: int) -> Block:
        """Return a block of at least `size` zero bytes.

        It is aligned to 16 and to `alignment`, up to a page: a mapping promises no more in another
        process.  Raises OverflowError, MemoryError or OSError as `Arena` does.
        """
        if size >= _OWN_ARENA_FROM:
            return Block(Arena(_round_up(size, mmap.PAGESIZE)), 0)
        alignment = min(max(alignment, _MINIMUM_ALIGNMENT), mmap.PAGESIZE)
        size = _round_up(_size_class(size), alignment)
        with self._lock:
            if self._busy:
                # A signal handler or a finalizer that allocates, in the middle of an allocation by
                # this very thread.  A plain lock would hang here, and the tables are half changed.
                return Block(Arena(_round_up(size, mmap.PAGESIZE)), 0)
            self._busy = True
            try:
                self._drain()
                return self._lend(size, alignment)
            finally:
                self._busy = False

    def collect(self) -> int:
        """Take back what was released, as the next allocation would.

        Returns how many blocks are in use, those included that wait for a child.
        """
        with self._lock:
            if not self._busy:
                self._busy = True
                try:
                    self._drain()
                finally:
                    self._busy = False
            return len(self._lent) + len(self._waiting)

    def before_fork(self) -> None:
        """Take back what the child cannot have, and prepare to learn of its end."""
        with self._lock:
            in_use = self.collect()
            _lifelines.before_fork(in_use > 0)

    def before_spawn(self, popen: Any) -> _lifelines.Lifeline:
        """Return what is to be pickled for a child that is being spawned, to learn of its end."""
        with self._lock:
            # The program may have closed their descriptors. What is made from now on would lie in
            # memory that cannot be given away, and no start would ever succeed again.
            self._rooms = [room for room in self._rooms if room.arena.can_be_given()]
            return _lifelines.before_spawn(popen)

    def after_fork_in_parent(self) -> None:
        """Let the child alone hold its end of the lifeline."""
        with self._lock:
            _lifelines.after_in_parent()

    def after_fork_in_child(self) -> None:
        """Start afresh: everything so far is the parent's to hand out."""
        _released.clear()
        self._start()
        _lifelines.after_in_child()

    def _lend(self, size: int, alignment: int) -> Block:
        for room in reversed(self._rooms):
            offset = room.take(size, alignment)
            if offset is not None:
                break
        else:
            room = _Room(max(self._next_size, _round_up(size, mmap.PAGESIZE)))
            self._rooms.append(room)
            self._next_size = min(2 * self._next_size, _LARGEST_ARENA)
            offset = room.take(size, alignment)
            if offset is None:
                raise MemoryError(f"no room for {size} bytes in a new arena")
        number = next(_numbers)
        # In the table before the block exists: interrupted in between, bytes are lost, not shared.
        self._lent[number] = _Lent(room, offset, size, alignment, _lifelines.epoch())
        return Block(room.arena, offset, number)

    def _drain(self) -> None:
        if not _released and not self._waiting:
            return
        lifelines = _lifelines.living()
        # Thousands of blocks may wait for a child that lives long: only the end of one settles any.
        if self._ended != _lifelines.ended():
            self._ended = _lifelines.ended()
            waiting, self._waiting = self._waiting, []
            for lent, needed in waiting:
                self._settle(lent, [lifeline for lifeline in needed if not lifeline.ended])
        while _released:
            # None for a block inherited through a fork: it is the parent's to recycle.
            released = self._lent.pop(_released.popleft(), None)
            if released is not None:
                needed = [line for line in lifelines if line.epoch >= released.epoch]
                self._settle(released, needed)

    def _settle(self, lent: _Lent, needed: list[_lifelines.Lifeline]) -> None:
        if needed:
            self._waiting.append((lent, needed))
            return
        lent.room.give_back(lent.offset, lent.size, lent.alignment)
        if not lent.room.blocks and sum(not room.blocks for room in self._rooms) > 1:
            self._rooms = [room for room in self._rooms if room is not lent.room]


def _round_up(number: int, multiple: int) -> int:
    return -(-number // multiple) * multiple


def _size_class(size: int) -> int:
    """Return the next multiple of 16 up to 128, and beyond one of four steps per power of two."""
    if size <= 128:
        return _round_up(max(size, 1), 16)
    return _round_up(size, 1 << (size.bit_length() - 3))


heap = Heap()

os.register_at_fork(
    before=heap.before_fork,
    after_in_parent=heap.after_fork_in_parent,
    after_in_child=heap.after_fork_in_child,
)

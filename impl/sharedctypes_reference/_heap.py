"""The heap: which part of which arena belongs to which object.

The story, in the order of a block's life:

1. `allocate` finds a block in an arena.
2. Whoever uses the memory has a `Claim` to the block.  When the claim dies, the block is appended
   to a deque, and nothing else happens: this may run anywhere, in a garbage collection in the
   middle of `allocate`, in a signal handler, in any thread, and an append needs no lock.
3. The next `allocate` drains the deque.  A block that a child or its own may still use waits for
   them (`_lifelines` says how), every other goes back to its arena, to be taken again.
   Small ones do not even go that way while there is no child: see `_MOST_SPARE`.
4. An arena without blocks in use is carved afresh, or dropped when another one is in stock.

A forked child starts with an empty heap.  What it inherited stays mapped for the objects it
inherited, and is never handed out again by it: the parent hands out the same bytes.
"""

from __future__ import annotations

import gc
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

# A small block that no child can have goes to a list of spare ones of its size, from where the next
# `allocate` takes it without a lock.  A program that makes and drops objects in turns needs 0.6 of
# the time.  Their number is limited, since arenas are kept for them.
_MOST_SPARE = 64
_SMALL = 128

_released: deque[_Recyclable] = deque()

if hasattr(gc, "is_finalized"):
    # True of what the collector is about to take down, while its `__del__` runs.
    _is_garbage: Callable[[Claim], bool] = gc.is_finalized
else:  # PyPy, CPython 3.8

    def _is_garbage(claim: Claim) -> bool:
        # Perhaps; but what was made by `__del__` is not. No names are used that may be gone when
        # the interpreter shuts down.
        return type(claim).__base__ is not object


class Block:
    """Bytes of an arena, which belong to one object after the other.

    `is_zero` says that nobody has used them yet.  `room` is where to the block comes back, None if
    this process will never give it to anybody else: it was received from another process, or has
    its arena for itself.
    """

    __slots__ = ("arena", "is_zero", "offset")
    room: _Room | None = None
    spare: list[_Recyclable] | None = None

    def __init__(self, arena: Arena, offset: int = 0, is_zero: bool = True) -> None:
        self.arena = arena
        self.offset = offset
        self.is_zero = is_zero


class _Recyclable(Block):
    """A block that comes back. `epoch` says how many children there were when it was lent."""

    __slots__ = ("alignment", "epoch", "room", "size", "spare")

    room: _Room

    def __init__(self, room: _Room, offset: int, size: int, alignment: int, is_zero: bool) -> None:
        super().__init__(room.arena, offset, is_zero)
        self.room = room
        self.spare = room.spare.get(size) if alignment == _MINIMUM_ALIGNMENT else None
        self.size = size
        self.alignment = alignment
        self.epoch = 0


class Claim:
    """The right to use a block, for as long as anything refers to the claim.

    Its death announces that the block may be used again.  But the garbage collector calls `__del__`
    while other finalizers may still write to the object, or even bring it back to life.  So then
    the block gets another claim, which the collector has not seen, and which dies when this one is
    really taken down.  To do so each time would make dropping an object a third slower.
    """

    __slots__ = ("_last_words", "block")

    def __init__(self, block: Block) -> None:
        self.block = block

    def __del__(
        self,
        _append: Callable[[Any], None] = _released.append,
        _is_garbage: Callable[[Claim], bool] = _is_garbage,
        _lifelines: list[_lifelines.Lifeline] = _lifelines.lines,
        _most_spare: int = _MOST_SPARE,
    ) -> None:
        try:
            block = self.block
        except AttributeError:
            return  # an interrupt came before `__init__` had begun
        if block.room is None:
            return
        if _is_garbage(self):
            # That is a Claim, by a name which is there even when the interpreter shuts down. The
            # default arguments are for the same.
            self._last_words = __class__(block)  # type: ignore[name-defined]
            return
        spare = block.spare
        if spare is None or _lifelines or len(spare) >= _most_spare:
            _append(block)
        else:
            block.is_zero = False
            spare.append(block)  # type: ignore[arg-type] # what has a room is recyclable


class _Room:
    """An arena of the heap: what is free in it, and how many blocks are not.

    Sizes are rounded to few classes, so that a free block fits the next request of its class and
    none is ever split or merged.
    """

    __slots__ = ("arena", "blocks", "free", "spare", "top", "touched")

    def __init__(self, size: int, spare: dict[int, list[_Recyclable]]) -> None:
        self.arena = Arena(size)
        self.spare = spare
        self.free: dict[tuple[int, int], list[_Recyclable]] = {}
        self.blocks = 0
        self.top = 0  # nothing from here on is in use
        self.touched = 0  # nothing from here on was ever in use: still zero

    def take(self, size: int, alignment: int) -> _Recyclable | None:
        """Return a block, or None when there is no room."""
        free = self.free.get((size, alignment))
        if free:
            self.blocks += 1
            return free.pop()
        start = _round_up(self.top, alignment)
        if start + size > self.arena.size:
            if self.blocks or not self.top:
                return None
            # Nobody uses any block: other sizes may be what is wanted from now on.
            self.free.clear()
            start = self.top = 0
            if size > self.arena.size:
                return None
        block = _Recyclable(self, start, size, alignment, start >= self.touched)
        self.blocks += 1
        self.top = start + size
        self.touched = max(self.touched, self.top)
        return block

    def give_back(self, block: _Recyclable) -> None:
        """Let a block be taken again."""
        block.is_zero = False
        self.blocks -= 1
        free = self.free.get((block.size, block.alignment))
        if free is None:
            self.free[block.size, block.alignment] = [block]
        else:
            free.append(block)


class Heap:
    """Hands out blocks of shared memory. There is one per process."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        # By size.  Blocks know this heap by it: those inherited through a fork have another one.
        self._spare: dict[int, list[_Recyclable]] = {
            size: [] for size in range(_MINIMUM_ALIGNMENT, _SMALL + 1, _MINIMUM_ALIGNMENT)
        }
        self._lock = RLock()
        self._busy = False
        self._rooms: list[_Room] = []
        self._next_size = _SMALLEST_ARENA
        self._in_use = 0
        self._waiting: list[tuple[_Recyclable, list[_lifelines.Lifeline]]] = []
        self._ended = _lifelines.ended()

    def allocate(self, size: int, alignment: int) -> Block:
        """Return a block of at least `size` bytes; it comes back when a `Claim` to it dies.

        It is aligned to 16 and to `alignment`, up to a page: a mapping promises no more in another
        process.
        Raises OverflowError, MemoryError or OSError as `Arena` does.
        """
        if size >= _OWN_ARENA_FROM:
            return Block(Arena(_round_up(size, mmap.PAGESIZE)))
        size = _size_class(size)
        if alignment <= _MINIMUM_ALIGNMENT:
            if size <= _SMALL and not _released:
                try:
                    block = self._spare[size].pop()
                except IndexError:
                    pass
                else:
                    block.epoch = _lifelines.epoch()
                    return block
            alignment = _MINIMUM_ALIGNMENT
        else:
            alignment = min(alignment, mmap.PAGESIZE)
            size = _round_up(size, alignment)
        with self._lock:
            if self._busy:
                # A signal handler or a finalizer that allocates, in the middle of an allocation by
                # this very thread.  A plain lock would hang here, and the tables are half changed.
                return Block(Arena(_round_up(size, mmap.PAGESIZE)))
            self._busy = True
            try:
                if _released or self._waiting:
                    self._drain()
                return self._lend(size, alignment)
            finally:
                self._busy = False

    def collect(self) -> int:
        """Take back what was released, and what is spare.

        Returns how many blocks are in use, those included that wait for a child.
        """
        with self._lock:
            if not self._busy:
                self._busy = True
                try:
                    for spare in self._spare.values():
                        while spare:
                            _released.append(spare.pop())
                    self._drain()
                finally:
                    self._busy = False
            return self._in_use

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

    def _lend(self, size: int, alignment: int) -> _Recyclable:
        for room in reversed(self._rooms):
            block = room.take(size, alignment)
            if block is not None:
                break
        else:
            room = _Room(max(self._next_size, _round_up(size, mmap.PAGESIZE)), self._spare)
            self._rooms.append(room)
            self._next_size = min(2 * self._next_size, _LARGEST_ARENA)
            block = room.take(size, alignment)
            if block is None:
                raise MemoryError(f"no room for {size} bytes in a new arena")
        block.epoch = _lifelines.epoch()
        self._in_use += 1
        return block

    def _drain(self) -> None:
        lifelines = _lifelines.living()
        # Thousands of blocks may wait for a child that lives long: only the end of one settles any.
        if self._ended != _lifelines.ended():
            self._ended = _lifelines.ended()
            waiting, self._waiting = self._waiting, []
            for block, needed in waiting:
                self._settle(block, [lifeline for lifeline in needed if not lifeline.ended])
        while _released:
            block = _released.popleft()
            # One that was inherited through a fork is the parent's to recycle.
            if block.room.spare is not self._spare:
                continue
            if lifelines:
                self._settle(block, [line for line in lifelines if line.epoch >= block.epoch])
            else:
                self._take_back(block)

    def _settle(self, block: _Recyclable, needed: list[_lifelines.Lifeline]) -> None:
        if needed:
            self._waiting.append((block, needed))
        else:
            self._take_back(block)

    def _take_back(self, block: _Recyclable) -> None:
        self._in_use -= 1
        room = block.room
        room.give_back(block)
        if not room.blocks and len(self._rooms) > 1:
            self._drop_spare(room)

    def _drop_spare(self, empty: _Room) -> None:
        """Drop an arena without blocks in use if it is not the only one."""
        if sum(not room.blocks for room in self._rooms) > 1:
            self._rooms = [room for room in self._rooms if room is not empty]


def _round_up(number: int, multiple: int) -> int:
    return -(-number // multiple) * multiple


def _size_class(size: int) -> int:
    """Return the next multiple of 16 up to 128, and beyond one of four steps per power of two."""
    if size <= 16:
        return 16
    if size <= 128:
        return -(-size // 16) * 16
    return _round_up(size, 1 << (size.bit_length() - 3))


heap = Heap()

os.register_at_fork(
    before=heap.before_fork,
    after_in_parent=heap.after_fork_in_parent,
    after_in_child=heap.after_fork_in_child,
)

"""What one process has: names of objects, and where their memory is, and what must be in it.

An allocator's mistakes show in other objects than the one that it was asked for. So a process
remembers of each memory where it is and what was written to it last, by whatever process, and can
look at all of it, past every wrapper.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..runtime.memory import expect_data, object_of

# What can turn out to be wrong.
ZEROED, DISJOINT, CONTENTS, SEEN, LOCKS, RAISED = (
    "zeroed",
    "disjoint",
    "contents",
    "seen",
    "locks",
    "raised",
)

# Memory of more bytes is only looked at when all is: it takes a while.
_LARGE = 1 << 14
_CHUNK = 1 << 20

# What nobody has written yet, as the number of a step.
NEVER = -1

# How many bytes of an object are shown.
_SHOWN = 24


class Wrong(Exception):
    """Something is not as it should be: what, and a sentence about it."""


class Span(NamedTuple):
    """A memory: where it is, how many bytes it has, and the last two steps that wrote to it."""

    address: int
    size: int
    version: int
    before: int


def _unit(memory: int, version: int) -> bytes:
    # Not one byte is zero, and the first one differs from step to step.
    return bytes([1 + (version * 7 + memory * 3) % 255]) + b"%d by %d; " % (memory, version)


def written_by(memory: int, version: int, size: int) -> bytes:
    """Return the first bytes of what a step writes to a memory."""
    unit = _unit(memory, version)
    return (unit * (size // len(unit) + 1))[:size]


def _chunks(span: Span, memory: int, version: int) -> Iterator[tuple[int, bytes]]:
    """Yield what a step writes to a memory, in pieces with their addresses."""
    unit = _unit(memory, version)
    piece = unit * (min(span.size, _CHUNK) // len(unit) + 1)
    for start in range(0, span.size, len(piece)):
        yield span.address + start, piece[: span.size - start]


def bytes_of(span: Span) -> bytes:
    """Return what is in a memory."""
    return ctypes.string_at(span.address, span.size)


class Belongings:
    """The names that a process has, by their numbers, and the memory of each, by its number."""

    def __init__(self) -> None:
        self.names: dict[int, Any] = {}
        self.memory_of: dict[int, int] = {}
        self.spans: dict[int, Span] = {}
        # Each with what was written to it.
        self.files: list[tuple[Any, bytes]] = []

    def forget(self) -> None:
        """Forget everything."""
        self.names.clear()
        self.memory_of.clear()
        self.spans.clear()
        for file, _ in self.files:
            with contextlib.suppress(OSError):
                file.close()
        self.files.clear()

    def add(self, name: int, memory: int, obj: Any) -> None:
        """Add a name; also its memory, unless there is another name for that."""
        if memory not in self.spans:
            raw = object_of(obj)
            expect_data(raw)
            address, size = ctypes.addressof(raw), ctypes.sizeof(raw)
            self.spans[memory] = Span(address, size, NEVER, NEVER)
        self.names[name] = obj
        self.memory_of[name] = memory

    def remove(self, name: int) -> Any:
        """Remove a name, and its memory if there is no other name for that; return the object."""
        memory = self.memory_of.pop(name)
        if memory not in self.memory_of.values():
            del self.spans[memory]
        return self.names.pop(name)

    def note(self, memory: int, version: int) -> None:
        """Take note that a step of another process has written to a memory."""
        span = self.spans[memory]
        if span.version != version:
            self.spans[memory] = span._replace(version=version, before=span.version)

    def note_own(self, memory: int, version: int) -> None:
        """Take note that a step of this process has."""
        self.spans[memory] = self.spans[memory]._replace(version=version, before=version)

    def write(self, memory: int, version: int) -> None:
        """Write to a memory what a step writes."""
        for address, piece in _chunks(self.spans[memory], memory, version):
            ctypes.memmove(address, piece, len(piece))
        self.note_own(memory, version)

    # Looking.

    def look(self, at_all: bool = False) -> None:
        """Raise Wrong unless all has what was written to it last; large memory only `at_all`."""
        for memory, span in self.spans.items():
            if span.size > _LARGE and not at_all:
                continue
            for address, piece in _chunks(span, memory, span.version):
                if ctypes.string_at(address, len(piece)) != piece:
                    raise self.what_is_wrong(memory)
            if span.before != span.version:
                self.spans[memory] = span._replace(before=span.version)
        for file, data in self.files:
            with contextlib.suppress(OSError):
                if os.pread(file.fileno(), len(data) + 1, 0) == data:
                    continue
            raise Wrong(CONTENTS, "a file has not, or no longer, what was written to it")

    def what_is_wrong(self, memory: int) -> Wrong:
        """Return what is wrong with a memory that has not what was written to it last."""
        span = self.spans[memory]
        got, due = bytes_of(span), written_by(memory, span.version, span.size)
        first = next((at for at, byte in enumerate(got) if byte != due[at]), 0)
        begin = max(0, first - _SHOWN // 4)
        part = slice(begin, begin + _SHOWN)
        text = f"o{memory} has the bytes {got[part]!r} from {begin} on, should have {due[part]!r}"
        # Another process has written to it since it was last looked at here, and it is as it was
        # then; or it is looked at for the first time.
        was = span.before
        is_stale = was == NEVER or got == written_by(memory, was, span.size)
        return Wrong(SEEN if was != span.version and is_stale else CONTENTS, text)

    def expect_disjoint(self, new: int) -> None:
        """Raise Wrong if a memory has a byte in common with another one."""
        one = self.spans[new]
        for memory, span in self.spans.items():
            first = max(one.address, span.address)
            if memory != new and first < min(one.address + one.size, span.address + span.size):
                at = first - one.address
                raise Wrong(DISJOINT, f"byte {at} of o{new} is one of o{memory} as well")

    def expect_zeros(self, new: int) -> None:
        """Raise Wrong unless a memory is all zero."""
        span = self.spans[new]
        zeros = bytes(min(span.size, _CHUNK))
        for start in range(0, span.size, _CHUNK):
            got = ctypes.string_at(span.address + start, min(_CHUNK, span.size - start))
            if got != zeros[: len(got)]:
                first = next(place for place, byte in enumerate(got) if byte)
                shown = got[first : first + _SHOWN]
                raise Wrong(
                    ZEROED, f"o{new} is new, and has the bytes {shown!r} from {start + first} on"
                )

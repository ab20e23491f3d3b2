"""Sequences of every sort that arrays are constructed from, and arrays on memory used before."""

from __future__ import annotations

import collections.abc
import ctypes
import resource
import zlib
from collections.abc import Callable, Sequence
from typing import Any

from ..runtime.memory import object_of
from .recycled_memory import collect


class BySubscript:
    """A sequence by the old protocol alone: a length and subscripts that end with IndexError."""

    def __init__(self, items: Sequence[Any]) -> None:
        self._items = list(items)

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index: Any) -> Any:
        return self._items[index]


class Abstract(collections.abc.Sequence):  # type: ignore[type-arg]  # no generics before 3.9
    """A subclass of the abstract class."""

    def __init__(self, items: Sequence[Any]) -> None:
        self._items = list(items)

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index: Any) -> Any:
        return self._items[index]


class ListSubclass(list):  # type: ignore[type-arg]  # no generics before 3.9
    """A subclass of list."""


class Count(int):
    """A subclass of int."""


class WrongLength(BySubscript):
    """A sequence whose `len` is not its length."""

    def __init__(self, items: Sequence[Any], length: int) -> None:
        super().__init__(items)
        self._length = length

    def __len__(self) -> int:
        return self._length


class Constructing(BySubscript):
    """A sequence that constructs a shared array whenever it is asked for an item."""

    def __init__(self, items: Sequence[Any], raw_array: Callable[..., Any]) -> None:
        super().__init__(items)
        self._raw_array = raw_array
        self.made: list[Any] = []

    def __getitem__(self, index: Any) -> Any:
        item = super().__getitem__(index)
        self.made.append(self._raw_array("i", [item, -item]))
        return item


def constructed_meanwhile(
    make: Callable[..., Any], raw_array: Callable[..., Any], items: Sequence[int]
) -> tuple[list[int], bool]:
    """Construct an array from such a sequence; return its items, and whether the others are right.

    There is an array for each item, and perhaps more: how often an item is asked for is nobody's
    business.
    """
    sequence = Constructing(items, raw_array)
    made = list(object_of(make("i", sequence)))
    pairs = [list(one) for one in sequence.made]
    are_right = all(pair == [pair[0], -pair[0]] for pair in pairs)
    return made, are_right and set(items) <= {pair[0] for pair in pairs}


def size_and_first_nonzero(obj: Any) -> tuple[int, int]:
    """Return how many bytes a ctypes object has, and where the first is that is not 0, else -1."""
    data = ctypes.string_at(ctypes.addressof(obj), ctypes.sizeof(obj))
    first = len(data) - len(data.lstrip(b"\0"))
    return len(data), first if first < len(data) else -1


def on_recycled_memory(make: Callable[..., Any], type_: Any, init: Any) -> Any:
    """Return the raw array of `make(type_, init)` after others like it, all ones, were dropped."""
    used = [object_of(make(type_, init)) for _ in range(2)]
    for one in used:
        ctypes.memset(ctypes.addressof(one), 0xFF, ctypes.sizeof(one))
    one = None
    used.clear()
    collect()
    return object_of(make(type_, init))


def refusals(make: Callable[..., Any], type_: Any, size: int, times: int) -> list[list[str]]:
    """Return the names of the classes of what `make(type_, size)` raises each time.

    It is an empty list for a call that returned. No file can grow meanwhile: some backends would
    fill the disk before they refused.
    """
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, limits[1]))
    try:
        return [_classes_raised(make, type_, size) for _ in range(times)]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


_LARGEST_FILE = 4 * 1024 * 1024


def _classes_raised(make: Callable[..., Any], *args: Any) -> list[str]:
    try:
        make(*args)
    except Exception as raised:  # whatever it raises is the outcome
        return [cls.__name__ for cls in type(raised).__mro__]
    return []


def assign_from(obj: Any, part: Any, make: Callable[..., Any], *args: Any) -> None:
    """Assign what `make(*args)` makes to an item or a slice."""
    obj[part] = make(*args)


def unpacked(obj: Any) -> list[Any]:
    """Return the items of a sequence as `*` gives them."""
    return [*obj]


def types_of_items(obj: Any) -> list[str]:
    """Return the names of the classes that a slice and the items of an array come in.

    The items are read by index from both ends, by iteration from both ends, and from a slice, if
    it is a list.
    """
    part = obj[:]
    items = [obj[0], obj[-1], next(iter(obj)), next(reversed(obj))]
    if type(part) is list:
        items.append(part[0])
    return [type(part).__name__, *sorted({type(item).__name__ for item in items})]


class Snapshot:
    """The result of slicing an array, which stays in this process."""

    def __init__(self, obj: Any, part: slice) -> None:
        self._items = obj[part]

    def now(self) -> list[Any]:
        """Return its items as they are by now."""
        return list(self._items)

    def overwrite(self, item: Any) -> None:
        """Put an item everywhere."""
        for place in range(len(self._items)):
            self._items[place] = item


def fingerprint(obj: Any) -> int:
    """Return a checksum of all bytes of a raw array."""
    return zlib.crc32(memoryview(obj).cast("B"))


def items_at(obj: Any, places: Sequence[int]) -> list[Any]:
    """Return the items at some places."""
    return [obj[place] for place in places]


def put_at(obj: Any, items: dict[int, Any]) -> None:
    """Assign items to some places."""
    for place, item in items.items():
        obj[place] = item


def by_index(obj: Any) -> list[Any]:
    """Return the items of an array, each read by its index."""
    return [obj[index] for index in range(len(obj))]


def by_slice(obj: Any) -> list[Any]:
    """Return the items of an array, read by a slice."""
    items: list[Any] = obj[:]
    return items

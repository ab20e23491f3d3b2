"""The memory of ctypes objects, past every wrapper."""

from __future__ import annotations

import ctypes
import zlib
from collections.abc import Callable, Sequence
from typing import Any

_DATA = (ctypes._SimpleCData, ctypes.Array, ctypes.Structure, ctypes.Union, ctypes._Pointer)


def is_data(obj: Any) -> bool:
    """Return whether this is a ctypes object: a wrapper may say that it has the class of one."""
    return issubclass(type(obj), _DATA)


def object_of(obj: Any) -> Any:
    """Return the ctypes object of what may be a wrapper."""
    return obj.get_obj() if not is_data(obj) and hasattr(obj, "get_obj") else obj


def contents(obj: Any) -> tuple[str, bytes]:
    """Return the name of a ctypes object's type and all its bytes, padding included."""
    expect_data(obj)
    return type(obj).__name__, ctypes.string_at(ctypes.addressof(obj), ctypes.sizeof(obj))


def contents_of_any(obj: Any) -> tuple[str, bytes]:
    """Return the `contents` of the ctypes object of what may be a wrapper."""
    return contents(object_of(obj))


def contents_of_made(make: Callable[..., Any], *args: Any) -> tuple[str, bytes]:
    """Return those of what a function makes."""
    return contents_of_any(make(*args))


def digest(obj: Any) -> tuple[int, int]:
    """Return how many bytes a ctypes object has, and a checksum of them."""
    data = contents(obj)[1]
    return len(data), zlib.crc32(data)


def fill(obj: Any, data: bytes) -> None:
    """Write bytes into a ctypes object's memory from its first byte on, past every wrapper."""
    expect_data(obj)
    if len(data) > ctypes.sizeof(obj):
        raise ValueError("more bytes than the object has")
    ctypes.memmove(ctypes.addressof(obj), data, len(data))


def fill_each(objects: Sequence[Any], byte: int) -> int:
    """Fill objects with one byte throughout, past every wrapper; return how many there are."""
    for obj in map(object_of, objects):
        fill(obj, bytes([byte]) * ctypes.sizeof(obj))
    return len(objects)


# Nobody reads more bytes of an object that has others than it should.
SHOWN = 16


def others_than(objects: Sequence[Any], byte: int) -> dict[int, bytes]:
    """Return which objects have another byte anywhere, by their places, and their first bytes."""
    images = [contents_of_any(obj)[1] for obj in objects]
    return {place: image[:SHOWN] for place, image in enumerate(images) if set(image) - {byte}}


def expect_data(obj: Any) -> None:
    """Raise TypeError unless an object, which a backend returned, is a ctypes object."""
    try:
        ctypes.addressof(obj)
    except TypeError:
        shown = "None" if obj is None else f"a {type(obj).__module__}.{type(obj).__qualname__}"
        raise TypeError(f"{shown} is not a ctypes object") from None


def array_type(element: Any, length: int) -> Any:
    """Return `element * length`."""
    return element * length


def blank_like(obj: Any) -> Any:
    """Return an ordinary ctypes object of the same type, all zero."""
    expect_data(obj)
    blank = type(obj)()
    ctypes.memset(ctypes.addressof(blank), 0, ctypes.sizeof(blank))
    return blank


def values_in(obj: Any) -> Any:
    """Return what a ctypes object holds as plain data: by field, by element, or its value."""
    if isinstance(obj, ctypes.Array):
        return [values_in(element) for element in obj]
    if isinstance(obj, (ctypes.Structure, ctypes.Union)):
        fields = [f for cls in reversed(type(obj).__mro__) for f in vars(cls).get("_fields_", ())]
        return {field[0]: values_in(getattr(obj, field[0])) for field in fields}
    return repr(obj.value if isinstance(obj, ctypes._SimpleCData) else obj)

"""Char arrays: plain ones to compare with, and operations that take what cannot cross the wire."""

from __future__ import annotations

import array
import ctypes
from collections.abc import Callable, Sequence
from typing import Any

from ..runtime.memory import fill

BUFFERS: dict[str, Callable[[bytes], Any]] = {
    "bytes": bytes,
    "bytearray": bytearray,
    "memoryview of bytes": memoryview,
    "memoryview of a bytearray": lambda data: memoryview(bytearray(data)),
    "array of bytes": lambda data: array.array("B", data),
    "ctypes array": lambda data: (ctypes.c_char * len(data)).from_buffer_copy(data),
}


def array_of(element: Any, length: int, contents: bytes = b"") -> Any:
    """Return an ordinary array with these bytes, zero after them."""
    plain = (element * length)()
    fill(plain, contents)
    return plain


def array_from(element: Any, init: Sequence[Any]) -> Any:
    """Return an ordinary array as long as a sequence, with its items."""
    return (element * len(init))(*init)


def buffer_of(kind: str, data: bytes) -> Any:
    """Return an object of a kind that has a buffer with these bytes."""
    return BUFFERS[kind](data)


def assign_buffer(obj: Any, attribute: str, kind: str, data: bytes) -> None:
    """Assign an object of a kind that has a buffer to an attribute."""
    setattr(obj, attribute, buffer_of(kind, data))


def transform(obj: Any, attribute: str, method: str, *args: Any) -> None:
    """Do `obj.attribute = obj.attribute.method(*args)`."""
    setattr(obj, attribute, getattr(getattr(obj, attribute), method)(*args))

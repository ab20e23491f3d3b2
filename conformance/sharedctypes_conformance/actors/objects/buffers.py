"""A ctypes object as its memory: through the buffer protocol.

Each function takes the object first, and returns the outcome as plain data.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import ctypes
import hashlib
import io
import os
import socket
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Any

# The attributes of a memoryview.
_SHAPE = ("format", "itemsize", "ndim", "shape", "strides", "suboffsets", "nbytes", "readonly")
_CONTIGUITY = ("contiguous", "c_contiguous", "f_contiguous")


def described(obj: Any) -> list[str]:
    """Return all attributes of a memoryview of an object."""
    view = memoryview(obj)
    return [f"{name}={getattr(view, name)!r}" for name in (*_SHAPE, *_CONTIGUITY)]


# Reading a buffer.


def _through_a_pipe(obj: Any) -> bytes:
    with _pipe() as (readable, writable):
        written = os.write(writable, obj)
        # Reading no bytes from an empty pipe may block too.
        return os.read(readable, written) if written else b""


@contextlib.contextmanager
def _pipe() -> Iterator[tuple[int, int]]:
    readable, writable = os.pipe()
    try:
        yield readable, writable
    finally:
        os.close(readable)
        os.close(writable)


def _written_to_a_file(obj: Any) -> bytes:
    file = io.BytesIO()
    file.write(obj)
    return file.getvalue()


READINGS: dict[str, Callable[[Any], Any]] = {
    "bytes(obj)": bytes,
    "bytearray(obj)": bytearray,
    "memoryview(obj).tobytes()": lambda obj: memoryview(obj).tobytes(),
    "b''.join([obj])": lambda obj: b"".join([obj]),
    "b'' + obj": lambda obj: b"" + obj,
    "file.write(obj)": _written_to_a_file,
    "os.write(pipe, obj)": _through_a_pipe,
    "unpack_from(obj)": lambda obj: struct.unpack_from(f"{ctypes.sizeof(obj)}B", obj),
    "sha256(obj)": lambda obj: hashlib.sha256(obj).hexdigest(),
    "crc32(obj)": zlib.crc32,
    "hexlify(obj)": binascii.hexlify,
    "b64encode(obj)": base64.b64encode,
}


def read(obj: Any, how: str) -> Any:
    """Return what a function that takes a buffer reads from an object."""
    return READINGS[how](obj)


# Writing into a buffer.


def _by_memoryview(obj: Any, place: int, data: bytes) -> None:
    memoryview(obj).cast("B")[place : place + len(data)] = data


def _received(obj: Any, _place: int, data: bytes) -> int:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(data + b"!")
        return ours.recv_into(obj)


def _read_from_a_pipe(obj: Any, _place: int, data: bytes) -> int:
    with _pipe() as (readable, writable):
        os.write(writable, data + b"!")
        return os.readv(readable, [obj])


WRITINGS: dict[str, Callable[[Any, int, bytes], Any]] = {
    "memoryview(obj).cast('B')[...] = data": _by_memoryview,
    "file.readinto(obj)": lambda obj, _, data: io.BytesIO(data).readinto(obj),
    "socket.recv_into(obj)": _received,
    "os.readv(pipe, [obj])": _read_from_a_pipe,
    "pack_into(obj)": lambda obj, place, data: struct.pack_into(f"{len(data)}s", obj, place, data),
}


def write(obj: Any, how: str, place: int, data: bytes) -> Any:
    """Write into an object by a function that takes a writable buffer."""
    return WRITINGS[how](obj, place, data)


# Buffers seen as other types.


def from_buffer(obj: Any, type_: Any, offset: int, data: bytes) -> tuple[int, bytes, bytes]:
    """Write through what `from_buffer` returns; return where that lies and what is read from it.

    Read twice: after it was written itself, and after the object was.
    """
    alias = type_.from_buffer(obj, offset)
    place = ctypes.addressof(alias) - ctypes.addressof(obj) if ctypes.sizeof(alias) else 0
    _overwrite(alias, data)
    written = _bytes_of(alias)
    _overwrite(obj, data[::-1])
    return place, written, _bytes_of(alias)


def from_buffer_copy(obj: Any, type_: Any, offset: int, data: bytes) -> tuple[bytes, bytes, bytes]:
    """Write into what `from_buffer_copy` returns, then into the object.

    Return what was in the copy to begin with, and in both in the end.
    """
    copied = type_.from_buffer_copy(obj, offset)
    first = _bytes_of(copied)
    _overwrite(copied, data)
    _overwrite(obj, data[::-1])
    return first, _bytes_of(copied), _bytes_of(obj)


def ordinary(type_: Any, shared: Any) -> Any:
    """Return an object of a type that is not shared, with the bytes of one that is."""
    made = type_()
    _overwrite(made, _bytes_of(shared))
    return made


def _bytes_of(obj: Any) -> bytes:
    return ctypes.string_at(ctypes.addressof(obj), ctypes.sizeof(obj))


def _overwrite(obj: Any, data: bytes) -> None:
    ctypes.memmove(ctypes.addressof(obj), data, min(len(data), ctypes.sizeof(obj)))

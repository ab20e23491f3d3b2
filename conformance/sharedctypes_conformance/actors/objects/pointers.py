"""Pointers to ctypes objects, and functions written in C that take them.

Each function takes the object first, and returns the outcome as plain data. Nothing is done past
the end of the object: a place is taken modulo its size, and data is cut there.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

_BYTE = ctypes.POINTER(ctypes.c_ubyte)


class _BrokenDownTime(ctypes.Structure):
    # The rest of what a `struct tm` has differs between systems.
    _fields_ = [("parts", ctypes.c_int * 9), ("rest", ctypes.c_char * 64)]


def _fitted(obj: Any, place: int, data: bytes) -> tuple[int, bytes]:
    """Return a place in an object, and as much of some data as fits there."""
    size = ctypes.sizeof(obj)
    place %= max(size, 1)
    return place, data[: size - place]


# Each returns a pointer to the bytes of an object, obtained by other means.
POINTINGS: dict[str, Callable[[Any], Any]] = {
    "pointer(obj)": lambda obj: ctypes.cast(ctypes.pointer(obj), _BYTE),
    "pointer(obj).contents": lambda obj: _of(ctypes.pointer(obj).contents),
    "POINTER(T)(obj)": lambda obj: ctypes.cast(ctypes.POINTER(type(obj))(obj), _BYTE),
    "cast(obj, ...)": lambda obj: ctypes.cast(obj, _BYTE),
    "cast(byref(obj), ...)": lambda obj: ctypes.cast(ctypes.byref(obj), _BYTE),
    "cast(addressof(obj), ...)": lambda obj: ctypes.cast(ctypes.addressof(obj), _BYTE),
    "T.from_address(addressof(obj))": lambda obj: _of(
        type(obj).from_address(ctypes.addressof(obj))
    ),
}


def _of(obj: Any) -> Any:
    return ctypes.cast(ctypes.pointer(obj), _BYTE)


def write(obj: Any, how: str, place: int, data: bytes) -> bytes:
    """Write into an object through a pointer; return what the pointer shows of it then."""
    if how == "cast(obj, ...)" and not isinstance(obj, ctypes.Array):
        # `cast` refuses other objects, or takes their values for addresses.
        how = "cast(byref(obj), ...)"
    pointer = POINTINGS[how](obj)
    place, data = _fitted(obj, place, data)
    for offset, byte in enumerate(data):
        pointer[place + offset] = byte
    return bytes(pointer[: ctypes.sizeof(obj)])


# ctypes's own functions. An array is a pointer to itself, of another object one is made.


def _pointing(obj: Any, place: int = 0) -> Any:
    if isinstance(obj, ctypes.Array) and not place:
        return obj
    return ctypes.byref(obj, place)


FUNCTIONS: dict[str, Callable[[Any, int, bytes], Any]] = {
    "memmove(obj, ...)": lambda obj, place, data: ctypes.memmove(
        _pointing(obj, place), data, len(data)
    ),
    "memmove(..., obj)": lambda obj, place, data: _moved(_pointing(obj, place), len(data)),
    "memmove(addressof(obj), ...)": lambda obj, place, data: ctypes.memmove(
        ctypes.addressof(obj) + place, data, len(data)
    ),
    "memset(obj, ...)": lambda obj, place, data: ctypes.memset(
        _pointing(obj, place), data[0] if data else 0, len(data)
    ),
    "memset(addressof(obj), ...)": lambda obj, place, data: ctypes.memset(
        ctypes.addressof(obj) + place, data[0] if data else 0, len(data)
    ),
    "string_at(obj)": lambda obj, place, data: ctypes.string_at(_pointing(obj, place), len(data)),
    "string_at(addressof(obj))": lambda obj, place, data: ctypes.string_at(
        ctypes.addressof(obj) + place, len(data)
    ),
    "wstring_at(obj)": lambda obj, place, data: ctypes.wstring_at(
        _pointing(obj, place), len(data) // ctypes.sizeof(ctypes.c_wchar)
    ),
}


def _moved(source: Any, count: int) -> bytes:
    target = ctypes.create_string_buffer(count + 1)
    ctypes.memmove(target, source, count)
    return target.raw


def use(obj: Any, how: str, place: int, data: bytes) -> Any:
    """Call a function of ctypes that works on memory; of an address, return whether it is right."""
    place, data = _fitted(obj, place, data)
    returned = FUNCTIONS[how](obj, place, data)
    return returned == ctypes.addressof(obj) + place if isinstance(returned, int) else returned


# Functions of the C library.

_C = ctypes.CDLL(None)
_VOID = ctypes.c_void_p
_ORDER = ctypes.CFUNCTYPE(ctypes.c_int, _BYTE, _BYTE)


def _declared(name: str, result: Any, *arguments: Any) -> Any:
    function = getattr(_C, name)
    function.restype = result
    function.argtypes = arguments
    return function


_memcpy = _declared("memcpy", _VOID, _VOID, _VOID, ctypes.c_size_t)
_memcmp = _declared("memcmp", ctypes.c_int, _VOID, _VOID, ctypes.c_size_t)
_strlen = _declared("strlen", ctypes.c_size_t, ctypes.POINTER(ctypes.c_char))
_qsort = _declared("qsort", None, _VOID, ctypes.c_size_t, ctypes.c_size_t, _ORDER)
_modf = _declared("modf", ctypes.c_double, ctypes.c_double, ctypes.POINTER(ctypes.c_double))
_gmtime = _declared(
    "gmtime_r", _VOID, ctypes.POINTER(ctypes.c_long), ctypes.POINTER(_BrokenDownTime)
)


def copied_in(obj: Any, data: bytes) -> None:
    """Have C copy bytes into an object."""
    _memcpy(_pointing(obj), data, min(len(data), ctypes.sizeof(obj)))


def copied_out(obj: Any) -> bytes:
    """Have C copy the bytes of an object out of it."""
    target = ctypes.create_string_buffer(ctypes.sizeof(obj) + 1)
    _memcpy(target, _pointing(obj), ctypes.sizeof(obj))
    return target.raw


def equals(obj: Any, data: bytes) -> bool:
    """Have C compare an object with bytes."""
    return bool(_memcmp(_pointing(obj), data, min(len(data), ctypes.sizeof(obj))) == 0)


def length(obj: Any) -> Any:
    """Have C count the characters of an array of them, if they have an end."""
    return _strlen(obj) if b"\0" in obj.raw else "without an end"


def sort(obj: Any) -> None:
    """Have C sort the elements of an array by their bytes; it calls back to compare them."""
    size = ctypes.sizeof(obj._type_)

    def order(one: Any, other: Any) -> int:
        first, second = one[:size], other[:size]
        return int(first > second) - int(first < second)

    _qsort(obj, len(obj), size, _ORDER(order))


def whole_part(obj: Any, number: float) -> float:
    """Have C put the whole part of a number into a double of which it is given the place."""
    fraction: float = _modf(number, obj)
    return fraction


def date(obj: Any) -> list[int]:
    """Have C read a time of which it is given the place."""
    time = _BrokenDownTime()
    _gmtime(obj, time)
    return list(time.parts)


def absolute(obj: Any) -> int:
    """Give C an int or a long by its value."""
    function = _C.labs if isinstance(obj, ctypes.c_long) else _C.abs
    function.restype = type(obj)
    result = function(obj)
    absolute: int = result if isinstance(result, int) else result.value
    return absolute

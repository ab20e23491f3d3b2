"""Accesses of every sort, repeated, to objects that stay: also such as raise."""

from __future__ import annotations

import contextlib
import ctypes
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from .. import patience


class _Point(ctypes.Structure):
    _fields_ = (("x", ctypes.c_int), ("y", ctypes.c_int))


@lru_cache(maxsize=None)
def _objects(module: Any) -> tuple[Any, Any, Any, Any]:
    """Return a value, an array, a string and a structure, with their wrappers."""
    return (
        module.Value("i", 7),
        module.Array("i", 8),
        module.Array("c", b"some text"),
        module.Value(_Point, 1, 2),
    )


def _accesses(module: Any) -> Sequence[Callable[[], Any]]:
    value, array, string, point = _objects(module)

    def lock() -> None:
        with value.get_lock():
            pass

    def block() -> None:
        with value:
            pass

    return (
        lambda: value.value,
        lambda: setattr(value, "value", 1),
        lambda: array[3],
        lambda: array.__setitem__(3, 5),
        lambda: array[1:5],
        lambda: array.__setitem__(slice(1, 3), [1, 2]),
        lambda: len(array),
        lambda: string.value,
        lambda: setattr(string, "value", b"text"),
        lambda: string.raw,
        lambda: point.x,
        lambda: setattr(point, "y", 3),
        lambda: value.get_obj(),
        lock,
        block,
    )


def _raising_accesses(module: Any) -> Sequence[Callable[[], Any]]:
    """Return accesses that raise; whether they do is said by other clauses."""
    value, array, string, point = _objects(module)

    def leave_by_an_exception() -> None:
        with value:
            raise IndexError

    return (
        lambda: setattr(value, "value", "no number"),
        lambda: array[99],
        lambda: array.__setitem__(99, 1),
        lambda: array.__setitem__(3, "no number"),
        lambda: array.__setitem__(slice(1, 3), [1]),
        lambda: array["no index"],
        lambda: setattr(string, "value", b"too long" * 9),
        lambda: setattr(point, "x", "no number"),
        lambda: value.no_field,
        leave_by_an_exception,
    )


_SORTS = {"accesses": _accesses, "accesses that raise": _raising_accesses}
SORTS = tuple(_SORTS)


def access(module: Any, sort: str, count: int) -> None:
    """Carry out the accesses of a sort with a backend, each of them so often, or for a while."""
    until = time.monotonic() + patience.ACCESSES
    actions = _SORTS[sort](module)
    for _ in range(count):
        for action in actions:
            with contextlib.suppress(Exception):
                action()
        if time.monotonic() > until:
            return

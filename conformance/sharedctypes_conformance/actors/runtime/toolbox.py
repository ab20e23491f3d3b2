"""Things a check needs done in an actor that take more than one call of the standard library."""

from __future__ import annotations

import builtins
import ctypes
import itertools
import operator
import os
import threading
from collections.abc import Callable, Sequence
from typing import Any


def call_method(obj: Any, name: str, *args: Any, **keywords: Any) -> Any:
    """Call a method in one round trip."""
    return getattr(obj, name)(*args, **keywords)


def object_of(obj: Any) -> Any:
    """Return the ctypes object of what may be a wrapper."""
    return obj.get_obj() if hasattr(obj, "get_obj") else obj


def contents(obj: Any) -> tuple[str, bytes]:
    """Return the name of a ctypes object's type and all its bytes, padding included."""
    return type(obj).__name__, ctypes.string_at(ctypes.addressof(obj), ctypes.sizeof(obj))


def fill(obj: Any, data: bytes) -> None:
    """Write bytes into a ctypes object's memory from its first byte on, past every wrapper."""
    if len(data) > ctypes.sizeof(obj):
        raise ValueError("more bytes than the object has")
    ctypes.memmove(ctypes.addressof(obj), data, len(data))


def is_same(one: Any, other: Any) -> bool:
    """Return whether two names stand for one object."""
    return one is other


# The context-manager protocol. `with` looks the methods up on the type, so they are called there.


def enter(manager: Any) -> Any:
    """Do what `with` does on the way in."""
    return type(manager).__enter__(manager)


def leave(manager: Any, raising: str | None = None) -> Any:
    """Do what `with` does on the way out, after the body raised the named exception, or none."""
    if raising is None:
        return type(manager).__exit__(manager, None, None, None)
    try:
        raise getattr(builtins, raising)
    except BaseException as raised:
        return type(manager).__exit__(manager, type(raised), raised, raised.__traceback__)


def with_statement(manager: Any, body: Callable[..., Any], *args: Any) -> Any:
    """Run `with manager: body(*args)`; return what the body returned, None if it was swallowed."""
    with manager:
        return body(*args)
    return None


def bound_by_with(manager: Any) -> Any:
    """Return what `with manager as x` binds to x."""
    with manager as bound:
        return bound


def raise_(name: str) -> None:
    """Raise a built-in exception."""
    raise getattr(builtins, name)


def increment(value: Any, times: int) -> None:
    """Add one to `value.value`, `times` times, each under `with value.get_lock()`.

    The processor is given away between reading and writing: without exclusion another process
    gets in there, and its increment is lost.
    """
    for _ in range(times):
        with value.get_lock():
            read = value.value
            os.sched_yield()
            value.value = read + 1


# Spies: locks that record their use, and can look at the memory while they are used.


class SpyLock:
    """A recursive lock of one thread that writes down each use.

    `events` holds "acquire" and "release", through whichever of the two protocols they came.
    With `on_acquire` set, these bytes are written into `memory` after each outermost acquire,
    past every wrapper: what is read under the lock must be them. At each outermost release the
    bytes of `memory` are kept in `seen`: what is written under the lock must be among them. With
    `on_release` set, these bytes replace them then: what is read too late will be them.
    """

    def __init__(self) -> None:
        self.events: list[str] = []
        self.depth = 0
        self.memory: Any = None
        self.on_acquire: bytes | None = None
        self.on_release: bytes | None = None
        self.at_acquire: list[bytes] = []
        self.seen: list[bytes] = []

    def acquire(self, *_how: Any, **_how_long: Any) -> bool:
        """Count one more; there is nobody to wait for."""
        self.events.append("acquire")
        self.depth += 1
        if self.memory is not None and self.depth == 1:
            self.at_acquire.append(contents(self.memory)[1])
            if self.on_acquire is not None:
                fill(self.memory, self.on_acquire)
        return True

    def release(self) -> None:
        """Count one less; raises AssertionError if there is none."""
        if self.depth == 0:
            raise AssertionError("released more often than acquired")
        if self.memory is not None and self.depth == 1:
            self.seen.append(contents(self.memory)[1])
            if self.on_release is not None:
                fill(self.memory, self.on_release)
        self.depth -= 1
        self.events.append("release")

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *exc_info: object) -> None:
        self.release()


class FalsySpyLock(SpyLock):
    """A lock that is empty in the sense of `bool()`."""

    def __bool__(self) -> bool:
        return False


class EqualToAllSpyLock(SpyLock):
    """A lock that says of everything, `True` included, that it equals it."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


class RecordingContext:
    """A context that keeps every RLock it gave."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self.given: list[Any] = []

    def RLock(self) -> Any:  # noqa: N802 - the context's own name for it
        """Return a new RLock of the context."""
        lock = self._context.RLock()
        self.given.append(lock)
        return lock

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)


class NotALock:
    """An object without any of a lock's methods."""


def is_exactly(obj: Any, cls: type) -> bool:
    """Return whether an object's class is this very class."""
    return type(obj) is cls


def array_type(element: Any, length: int) -> Any:
    """Return `element * length`."""
    return element * length


def blank_like(obj: Any) -> Any:
    """Return an ordinary ctypes object of the same type, all zero."""
    blank = type(obj)()
    ctypes.memset(ctypes.addressof(blank), 0, ctypes.sizeof(blank))
    return blank


class DuckLock:
    """A lock of `threading` behind nothing but the methods of a lock."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Take the lock; return whether it was had."""
        return self._lock.acquire(blocking, timeout)

    def release(self) -> None:
        """Give the lock back."""
        self._lock.release()

    def __enter__(self) -> bool:
        return self._lock.__enter__()

    def __exit__(self, *exc_info: object) -> None:
        self._lock.release()


# Operations on members that a check compares with the same on a plain object.


def iterated(obj: Any, most: int = 1000) -> list[Any]:
    """Return what iterating over `obj` gives, up to `most` elements: a backend may never stop."""
    return list(itertools.islice(iter(obj), most))


def backwards(obj: Any) -> list[Any]:
    """Return what `reversed(obj)` gives."""
    return list(reversed(obj))


def read_at(obj: Any, path: Sequence[Any]) -> Any:
    """Return what stands at the end of a path of attribute names and indices."""
    for step in path:
        obj = getattr(obj, step) if isinstance(step, str) else obj[step]
    return obj


def assign_at(obj: Any, path: Sequence[Any], value: Any) -> None:
    """Assign to the attribute or item at the end of a path."""
    _assign(read_at(obj, path[:-1]), path[-1], value)


def update_at(obj: Any, path: Sequence[Any], operation: str, operand: Any) -> None:
    """Do `obj.path operation= operand`, the operation named as in `operator`: "iadd", "ipow"."""
    holder = read_at(obj, path[:-1])
    updated = getattr(operator, operation)(read_at(holder, path[-1:]), operand)
    _assign(holder, path[-1], updated)


def _assign(holder: Any, step: Any, value: Any) -> None:
    if isinstance(step, str):
        setattr(holder, step, value)
    else:
        holder[step] = value


def public_names(obj: Any) -> list[str]:
    """Return the attributes of an object whose names do not begin with an underscore."""
    return sorted(name for name in dir(obj) if not name.startswith("_"))


def class_name(obj: Any) -> str:
    """Return the dotted name of an object's class."""
    return f"{type(obj).__module__}.{type(obj).__qualname__}"


def is_same_class(one: Any, other: Any) -> bool:
    """Return whether two objects have one class."""
    return type(one) is type(other)


def namesake(field: str) -> Any:
    """Return a new structure type called Namesake with one c_int field."""
    return type("Namesake", (ctypes.Structure,), {"_fields_": [(field, ctypes.c_int)]})


def special_names(obj: Any) -> list[str]:
    """Return which of the methods behind a wrapper's syntax an object's class has."""
    names = ("__len__", "__getitem__", "__setitem__", "__enter__", "__exit__")
    return [name for name in names if hasattr(type(obj), name)]


def values_in(obj: Any) -> Any:
    """Return what a ctypes object holds as plain data: by field, by element, or its value."""
    if isinstance(obj, ctypes.Array):
        return [values_in(element) for element in obj]
    if isinstance(obj, (ctypes.Structure, ctypes.Union)):
        fields = [f for cls in reversed(type(obj).__mro__) for f in vars(cls).get("_fields_", ())]
        return {field[0]: values_in(getattr(obj, field[0])) for field in fields}
    return repr(obj.value if isinstance(obj, ctypes._SimpleCData) else obj)

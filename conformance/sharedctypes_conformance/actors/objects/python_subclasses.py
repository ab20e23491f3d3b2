"""ctypes types with members and constructors in Python, as programs define them.

All of them offer the same: `UNIT`, a class attribute; `total`, a property that reads the memory;
`add`, a method that writes it. The recorded ones have a constructor that records its calls.
"""

from __future__ import annotations

import ctypes
import gc
from typing import Any


class _Members:
    UNIT = "parts"

    def parts(self) -> list[int]:
        """Return what the memory holds."""
        raise NotImplementedError

    def put(self, parts: list[int]) -> None:
        """Write all parts."""
        raise NotImplementedError

    @property
    def total(self) -> int:
        """The sum of all parts."""
        return sum(self.parts())

    def add(self, number: int) -> None:
        """Add to each part."""
        self.put([part + number for part in self.parts()])


class Count(_Members, ctypes.c_int):
    """A simple value."""

    def parts(self) -> list[int]:
        """Return what the memory holds."""
        return [self.value]

    def put(self, parts: list[int]) -> None:
        """Write all parts."""
        (self.value,) = parts


class Pair(_Members, ctypes.Structure):
    """A structure."""

    _fields_ = [("one", ctypes.c_short), ("other", ctypes.c_longlong)]

    def parts(self) -> list[int]:
        """Return what the memory holds."""
        return [self.one, self.other]

    def put(self, parts: list[int]) -> None:
        """Write all parts."""
        self.one, self.other = parts


class Either(_Members, ctypes.Union):
    """A union."""

    _fields_ = [("small", ctypes.c_byte), ("large", ctypes.c_int)]

    def parts(self) -> list[int]:
        """Return what the memory holds."""
        return [self.large]

    def put(self, parts: list[int]) -> None:
        """Write all parts."""
        (self.large,) = parts


class Three(_Members, ctypes.c_int * 3):  # type: ignore[misc]  # a type made by an expression
    """An array."""

    def parts(self) -> list[int]:
        """Return what the memory holds."""
        return list(self)

    def put(self, parts: list[int]) -> None:
        """Write all parts."""
        self[:] = parts


# Types with a constructor of their own.

_runs: list[tuple[Any, tuple[Any, ...]]] = []


def _recorded(base: Any) -> Any:
    """Return a subclass whose constructor doubles its arguments, at least one, and sets `note`.

    It has one base alone: PyPy looks for fields in the first one only.
    """

    def __init__(self: Any, first: Any, *others: Any) -> None:  # noqa: N807 - becomes a method
        _runs.append((self, (first, *others)))
        base.__init__(self, *(2 * part for part in (first, *others)))
        self.note = "made from", first, others

    namespace = {"__module__": __name__, "__init__": __init__}
    return type(base)(f"Recorded{base.__name__}", (base,), namespace)


RecordedCount = _recorded(Count)
RecordedPair = _recorded(Pair)
RecordedEither = _recorded(Either)
RecordedThree = _recorded(Three)


def record_runs(make: Any, *args: Any) -> tuple[Any, list[tuple[Any, ...]]]:
    """Call `make(*args)`; return its result and the arguments of each call of a constructor."""
    _runs.clear()
    try:
        return make(*args), [given for _, given in _runs]
    finally:
        _runs.clear()


# Types with methods that ctypes calls.

_events: list[tuple[Any, ...]] = []


class Watched(ctypes.Structure):
    """A structure that records what is done to it, for as long as it lives."""

    _fields_ = [("one", ctypes.c_short), ("other", ctypes.c_double)]

    def __init__(self, *parts: Any, **named: Any) -> None:
        _events.append(("__init__", parts, named))
        super().__init__(*parts, **named)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("one", "other"):
            _events.append(("__setattr__", name, value))
        super().__setattr__(name, value)

    def __del__(self) -> None:
        _events.append(("__del__", self.one, self.other))


def watch(make: Any, parts: tuple[Any, ...], assigned: float) -> list[tuple[Any, ...]]:
    """Make a watched object, assign to it, and drop it; return what it recorded.

    `make` is a function of the backend; the object is an ordinary one if it is None.
    """
    _events.clear()
    try:
        made = Watched(*parts) if make is None else make(Watched, *parts)
        made.other = assigned
        del made
        gc.collect()
        return list(_events)
    finally:
        _events.clear()


# Whether objects take attributes.


def own_attributes(obj: Any) -> list[str]:
    """Return the names in an object's own dictionary."""
    return sorted(vars(obj))


class Slotted(ctypes.Structure):
    """A structure whose instances have no dictionary, where slots leave them none."""

    __slots__ = ()
    _fields_ = [("n", ctypes.c_int)]

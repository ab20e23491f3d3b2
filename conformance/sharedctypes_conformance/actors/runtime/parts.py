"""Members of objects: what a check reads and assigns along a path, and which names there are."""

from __future__ import annotations

import ctypes
import itertools
import operator
from collections.abc import Callable, Sequence
from typing import Any


def iterated(obj: Any, most: int = 1000) -> list[Any]:
    """Return what iterating over `obj` gives, up to `most` elements: a backend may never stop."""
    return list(itertools.islice(iter(obj), most))


def backwards(obj: Any) -> list[Any]:
    """Return what `reversed(obj)` gives."""
    return list(reversed(obj))


def zipped(obj: Any, most: int = 1000) -> list[Any]:
    """Return what `zip` gives for an object and itself, both iterated in turns."""
    return list(itertools.islice(zip(obj, obj), most))


class Iteration:
    """An iteration over an object that the program goes on with whenever it likes."""

    def __init__(self, obj: Any, how: str) -> None:
        self._iterator: Any = _ITERATIONS[how](obj)

    def go_on(self, steps: int) -> None:
        """Take some more elements."""
        for _ in itertools.islice(self._iterator, steps):
            pass


_ITERATIONS: dict[str, Callable[[Any], Any]] = {
    "iter(x)": iter,
    "reversed(x)": reversed,
    "zip(x, x)": lambda obj: zip(obj, obj),
    "enumerate(x)": enumerate,
}
ITERATIONS = tuple(_ITERATIONS)


def unpack_two(obj: Any) -> Any:
    """Unpack an object into two names; raises ValueError unless it has two elements."""
    one, other = obj
    return [one, other]


def read_at(obj: Any, steps: Sequence[Any]) -> Any:
    """Return what stands at the end of a path of attribute names and indices."""
    for step in steps:
        obj = getattr(obj, step) if isinstance(step, str) else obj[step]
    return obj


def assign_at(obj: Any, steps: Sequence[Any], value: Any) -> None:
    """Assign to the attribute or item at the end of a path."""
    _assign(read_at(obj, steps[:-1]), steps[-1], value)


def update_at(obj: Any, steps: Sequence[Any], operation: str, operand: Any) -> None:
    """Do `obj.steps operation= operand`, the operation named as in `operator`: "iadd", "ipow"."""
    holder = read_at(obj, steps[:-1])
    updated = getattr(operator, operation)(read_at(holder, steps[-1:]), operand)
    _assign(holder, steps[-1], updated)


def _assign(holder: Any, step: Any, value: Any) -> None:
    if isinstance(step, str):
        setattr(holder, step, value)
    else:
        holder[step] = value


def public_names(obj: Any) -> list[str]:
    """Return the attributes of an object whose names do not begin with an underscore."""
    return sorted(name for name in dir(obj) if not name.startswith("_"))


def structure_type(title: str, own: tuple[str, ...], inherited: tuple[str, ...]) -> Any:
    """Return a new structure type that is called `title`, with fields of type c_int.

    Some are its own, and some those of a structure type that it inherits from.
    """

    def structure(name: str, base: Any, fields: tuple[str, ...]) -> Any:
        return type(name, (base,), {"_fields_": [(field, ctypes.c_int) for field in fields]})

    base = structure("Base", ctypes.Structure, inherited) if inherited else ctypes.Structure
    return structure(title, base, own)


def special_names(obj: Any) -> list[str]:
    """Return which of the methods behind a wrapper's syntax an object's class has."""
    names = ("__len__", "__getitem__", "__setitem__", "__enter__", "__exit__")
    return [name for name in names if hasattr(type(obj), name)]

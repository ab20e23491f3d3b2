"""Ordinary ctypes objects, which are in no shared memory: how they reach other processes.

The outcome of an attempt is put in words, so that it can be compared with the one before it.
"""

from __future__ import annotations

import gc
import importlib
import pickle
import sys
import weakref
from collections.abc import Callable, Iterable, Sequence
from ctypes import Structure, Union, c_int
from typing import Any, NamedTuple

from ..runtime import memory, processes
from ..runtime.children import run_child
from ..runtime.marks import long_running
from ..runtime.records import record


def _made(kind: Any) -> Any:
    """Return an object of a type whose bytes are not all alike."""
    obj = memory.blank_like(kind())
    size = len(memory.contents(obj)[1])
    memory.fill(obj, bytes(number % 100 + 1 for number in range(size)))
    return obj


def _outcome(route: Callable[[Any], Any], kind: Any) -> str:
    obj = _made(kind)
    try:
        arrived = route(obj)
    except Exception as raised:  # which one is the outcome
        return f"raised {type(raised).__name__}"
    same = (type(arrived), memory.contents(arrived)) == (type(obj), memory.contents(obj))
    return _ARRIVES if same else "arrives as something else"


def _by_pickle(obj: Any) -> Any:
    return pickle.loads(pickle.dumps(obj))  # noqa: S301 - its own


def _by_pipe(obj: Any) -> Any:
    one, other = processes.context().Pipe()
    try:
        one.send(obj)
        return other.recv()
    finally:
        one.close()
        other.close()


def survive_pickling(kinds: Sequence[Any]) -> dict[str, str]:
    """Return what becomes of an object of each type that is pickled, and sent through a pipe."""
    routes = {"pickle": _by_pickle, "a pipe": _by_pipe}
    return {
        f"{kind.__name__} by {name}": _outcome(route, kind)
        for kind in kinds
        for name, route in routes.items()
    }


@long_running
def arrive_in_process(kinds: Sequence[Any]) -> dict[str, str]:
    """Return what becomes of an object of each type that is an argument of a Process.

    All are given to one, which is cheaper; one by one, if they do not all arrive.
    """
    made = {kind.__name__: _made(kind) for kind in kinds}
    together = _given(made.values())
    if together == _ARRIVES:
        return dict.fromkeys(made, together)
    return {name: _given([obj]) for name, obj in made.items()}


_ARRIVES = "arrives"


def _given(objects: Iterable[Any]) -> str:
    given = [(obj, *memory.contents(obj)) for obj in objects]
    try:
        ended = run_child(_compare, given)
    except Exception as raised:  # which one is the outcome
        return f"raised {type(raised).__name__}"
    return _ARRIVES if ended.exit_code == 0 else f"the process {ended}"


def _compare(given: Sequence[Any]) -> None:
    for obj, *contents in given:
        if memory.contents(obj) != tuple(contents):
            sys.exit(3)


class _Unshared:
    """The functions of a backend that shares nothing: it shows which types ctypes itself keeps."""

    @staticmethod
    def RawValue(kind: Any) -> Any:  # noqa: N802 - its name in a backend
        obj = kind.from_buffer(bytearray(64))
        memory.contents(obj)  # as a backend may look at it
        return obj

    @staticmethod
    def RawArray(kind: Any, length: int) -> Any:  # noqa: N802
        return _Unshared.RawValue(kind * length)

    @staticmethod
    def copy(obj: Any) -> Any:
        return _Unshared.RawValue(type(obj))

    @staticmethod
    def synchronized(obj: Any) -> Any:
        return obj

    Value = RawValue
    Array = RawArray


# How a type is used, with the functions of a backend.
USES: dict[str, Callable[[Any, Any], Any]] = {
    "RawValue": lambda module, kind: module.RawValue(kind),
    "RawArray": lambda module, kind: module.RawArray(kind, 3),
    "Value": lambda module, kind: module.Value(kind),
    "Array": lambda module, kind: module.Array(kind, 3),
    "copy": lambda module, kind: module.copy(kind()),
    "synchronized": lambda module, kind: module.synchronized(module.RawValue(kind)),
}


@record
class LeftTypes(NamedTuple):
    """How many types stay that were used alike: by ctypes alone, and by the backend."""

    ordinary: int
    shared: int


def use_and_drop_types(backend: str, name: str, union: bool, count: int) -> LeftTypes | None:
    """Create types, use each once as `name` says, and drop it; return how many of them stay.

    None if the backend refuses such types.
    """
    bases: Any = (Union,) if union else (Structure,)
    ordinary = _left_types(USES[name], _Unshared, bases, count)
    try:
        shared = _left_types(USES[name], importlib.import_module(backend), bases, count)
    except Exception:  # what it has to take is said by other clauses
        return None
    return LeftTypes(ordinary, shared)


def _left_types(use: Callable[[Any, Any], Any], module: Any, bases: Any, count: int) -> int:
    references = []
    for number in range(count):
        kind = type(f"Passing{number}", bases, {"_fields_": [("field", c_int)]})
        use(module, kind)
        references.append(weakref.ref(kind))
        del kind
    # An interpreter without reference counts takes more than one look.
    for _ in range(3):
        gc.collect()
    return sum(reference() is not None for reference in references)

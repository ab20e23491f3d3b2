"""Ordinary ctypes objects, which are in nobody's shared memory: how they get to others.

What comes of an attempt is told in words, so that it can be compared with what came of it before.
"""

from __future__ import annotations

import gc
import pickle
import sys
import weakref
from collections.abc import Callable, Sequence
from ctypes import Structure, c_int
from typing import Any

from . import processes, toolbox

# Seconds, less than the suite waits for this process.
_PATIENCE = 6.0


def _made(kind: Any) -> Any:
    """Return an object of a type whose bytes are not all alike."""
    obj = toolbox.blank_like(kind())
    size = len(toolbox.contents(obj)[1])
    toolbox.fill(obj, bytes(number % 100 + 1 for number in range(size)))
    return obj


def _outcome(way: Callable[[Any], Any], kind: Any) -> str:
    obj = _made(kind)
    try:
        came = way(obj)
    except Exception as raised:  # which one is the outcome
        return f"raised {type(raised).__name__}"
    same = (type(came), toolbox.contents(came)) == (type(obj), toolbox.contents(obj))
    return "arrives" if same else "arrives as something else"


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


def pickles(kinds: Sequence[Any]) -> dict[str, str]:
    """Return what becomes of an object of each type that is pickled, and sent through a pipe."""
    ways = {"pickle": _by_pickle, "a pipe": _by_pipe}
    return {
        f"{kind.__name__} by {name}": _outcome(way, kind)
        for kind in kinds
        for name, way in ways.items()
    }


def crosses(kinds: Sequence[Any]) -> dict[str, str]:
    """Return what becomes of an object of each type that is an argument of a Process."""
    return {kind.__name__: _given(_made(kind)) for kind in kinds}


def _given(obj: Any) -> str:
    process = processes.context().Process(target=_compare, args=(obj, *toolbox.contents(obj)))
    try:
        process.start()
    except Exception as raised:  # which one is the outcome
        return f"raised {type(raised).__name__}"
    process.join(_PATIENCE)
    code = process.exitcode
    if code is None:
        process.terminate()
        process.join()
        return "the process does not end"
    return "arrives" if code == 0 else f"the process ends with exit code {code}"


def _compare(obj: Any, name: str, data: bytes) -> None:
    if toolbox.contents(obj) != (name, data):
        sys.exit(3)


def left_of_types(use: Callable[[Any], Any], count: int) -> int:
    """Make types, use each once and let it go; return how many of them stay."""
    references = []
    for number in range(count):
        kind = type(f"Passing{number}", (Structure,), {"_fields_": [("field", c_int)]})
        use(kind)
        references.append(weakref.ref(kind))
        del kind
    # An interpreter without reference counts takes more than one look.
    for _ in range(3):
        gc.collect()
    return sum(reference() is not None for reference in references)


def use_alone(kind: Any) -> Any:
    """Make an ordinary object of a type, and look at it as a backend does."""
    return toolbox.contents(kind.from_buffer(bytearray(64)))

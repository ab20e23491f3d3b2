"""What Python asks every object: whether it equals another, whether it is true, how it is shown."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Sequence
from typing import Any


def compared(x: Any, y: Any) -> dict[str, str]:
    """Return what comes of comparing two objects, each outcome as text, by the operation as code.

    A hash is anybody's number, so it counts only whether there is one.
    """
    operations: dict[str, Callable[[], Any]] = {
        "x == x": lambda: x == x,
        "x == y": lambda: x == y,
        "x != x": lambda: x != x,
        "x != y": lambda: x != y,
        "x == 1": lambda: x == 1,
        "x == None": lambda: x == None,  # noqa: E711 - the operator is asked, not the identity
        "x in [y]": lambda: x in [y],
        "x < y": lambda: x < y,
        "bool(x)": lambda: bool(x),
        "isinstance(hash(x), int)": lambda: isinstance(hash(x), int),
    }
    return {how: _outcome(operation) for how, operation in operations.items()}


def _outcome(operation: Callable[[], Any]) -> str:
    try:
        return repr(operation())
    except Exception as raised:  # whatever it raises is the outcome
        return type(raised).__name__


def shown(obj: Any) -> str:
    """Return the repr of an object, with every address in it left out."""
    return re.sub("0x[0-9a-fA-F]+", "0x...", repr(obj))


def unlike_when_wrapped(
    synchronized: Callable[..., Any], sizes: Sequence[int]
) -> list[tuple[str, object, object]]:
    """Return what is otherwise about a wrapper than about its object, for arrays of many sizes.

    What is large may be kept, or counted, in another way.
    """
    found: list[tuple[str, object, object]] = []
    for size in filter(None, sizes):
        array = (ctypes.c_ubyte * size)()
        array[size - 1] = 7
        wrapper = synchronized(array)
        for what, got, wanted in (
            ("get_obj() is what was wrapped", wrapper.get_obj() is array, True),
            ("get_obj() is get_obj()", wrapper.get_obj() is wrapper.get_obj(), True),
            ("the length", len(wrapper), size),
            ("the last item", wrapper[size - 1], 7),
            ("item -1", wrapper[-1], 7),
        ):
            if got != wanted:
                found.append((f"{what}, of a wrapped array of {size} bytes", got, wanted))
    return found

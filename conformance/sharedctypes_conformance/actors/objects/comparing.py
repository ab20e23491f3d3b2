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


def replaced_when_wrapped(synchronized: Callable[..., Any], sizes: Sequence[int]) -> list[int]:
    """Return the sizes in bytes of ordinary arrays that `get_obj()` does not give back.

    What is large may be kept in another way.
    """
    replaced = []
    for size in sizes:
        array = (ctypes.c_ubyte * size)()
        wrapper = synchronized(array)
        if wrapper.get_obj() is not array or wrapper.get_obj() is not array:
            replaced.append(size)
    return replaced

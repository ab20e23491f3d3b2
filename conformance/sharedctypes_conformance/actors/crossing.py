"""Giving objects to a process of another start method, which may be refused by any exception.

The process is told how objects begin, finds them so, turns these bytes around, and the starter
looks for that. It is told no more than fits into a pipe: one that dies before it reads would keep
its starter waiting.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from . import toolbox

# Seconds, less than the suite waits for the process that waits here.
_PATIENCE = 7.0
_BYTES = 8
_WROTE, _DIFFERENT = 0, 3


def give(context: Any, objects: list[Any]) -> tuple[bool, str]:
    """Give objects to a process of a context.

    Return whether the process got to compare them, and if so, what is wrong: "" if nothing is.
    """
    before = _beginnings(objects)
    process = context.Process(target=_turn, args=(objects, before))
    try:
        process.start()
    except Exception:  # whoever starts it knows then that they do not cross
        return False, ""
    process.join(_PATIENCE)
    if process.exitcode is None:
        process.terminate()
        process.join()
    if process.exitcode == _DIFFERENT:
        return True, "they begin otherwise there"
    if process.exitcode != _WROTE:
        return False, ""
    same = _beginnings(objects) == list(map(_turned, before))
    return True, "" if same else "what the process wrote is not there"


def _turn(objects: list[Any], expected: list[bytes]) -> None:
    if _beginnings(objects) != expected:
        sys.exit(_DIFFERENT)
    for obj, data in zip(_raw(objects), expected):
        toolbox.fill(obj, _turned(data))
    sys.exit(_WROTE)


def _raw(objects: Iterable[Any]) -> list[Any]:
    return [obj.get_obj() if hasattr(obj, "get_obj") else obj for obj in objects]


def _beginnings(objects: Iterable[Any]) -> list[bytes]:
    return [toolbox.contents(obj)[1][:_BYTES] for obj in _raw(objects)]


def _turned(data: bytes) -> bytes:
    return bytes(byte ^ 0xFF for byte in data)

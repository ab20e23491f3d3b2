"""What a process has set for itself by `prctl`, and how to set it: on Linux alone."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from typing import Any

# What is read, by the number of its option. The system fills in an argument, or returns the value.
_FILLED_IN = {
    "the signal that it gets when its parent ends": 2,
    "whether it adopts orphans": 37,
}
_RETURNED = {
    "whether its memory may be dumped": 3,
    "whether it keeps capabilities": 7,
    "the slack of timers": 30,
    "whether it can get no new privileges": 39,
    "whether it goes without huge pages": 42,
}
_NAME = 16
_NAME_LENGTH = 16

# Those that can be set to a value at which nothing happens, and undone by nobody but who set them.
_SET_PARENT_SIGNAL, _SET_NAME, _SET_SLACK = 1, 15, 29


def _prctl(option: int, argument: Any = 0) -> int:
    function = ctypes.CDLL(None).prctl
    # Of the size of a register: the system looks at all of it.
    arguments = [argument if isinstance(argument, ctypes.Array) else ctypes.c_ulong(argument)]
    return int(function(option, *arguments, *map(ctypes.c_ulong, (0, 0, 0))))


def settings() -> Iterator[tuple[str, object]]:
    """Yield each setting that the system tells, by its name."""
    if sys.platform != "linux":
        return
    for setting, option in _FILLED_IN.items():
        value = (ctypes.c_int * 1)()
        if _prctl(option, value) == 0:
            yield setting, value[0]
    for setting, option in _RETURNED.items():
        returned = _prctl(option)
        if returned >= 0:
            yield setting, returned
    name = ctypes.create_string_buffer(_NAME_LENGTH)
    if _prctl(_NAME, name) == 0:
        yield "its name", name.value


def make_unusual(signal: int) -> None:
    """Give settings values other than the usual ones; `signal` is to be one that does nothing."""
    if sys.platform == "linux":
        _prctl(_SET_PARENT_SIGNAL, signal)
        _prctl(_SET_NAME, ctypes.create_string_buffer(b"unusual"))
        _prctl(_SET_SLACK, 123_456)

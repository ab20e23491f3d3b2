"""multiprocessing.dummy, whose processes are threads, and its one way to start them."""

from __future__ import annotations

import platform
import sys
from multiprocessing.dummy import Array, Lock, Pool, Process, RLock, Value
from typing import Any

__all__ = ["Value", "Array"]
__version__ = platform.python_version()

_METHOD = "thread"


def get_all_start_methods() -> list[str]:
    """Return the one way in which a process is started."""
    return [_METHOD]


def get_start_method(allow_none: bool = False) -> str:
    """Return it."""
    return _METHOD


def set_start_method(method: str | None, force: bool = False) -> None:
    """Accept it."""
    if method not in (_METHOD, None):
        raise ValueError(f"there is no start method {method!r}")


def get_context(method: str | None = None) -> Any:
    """Return this module, which has what a context has."""
    set_start_method(method)
    return sys.modules[__name__]

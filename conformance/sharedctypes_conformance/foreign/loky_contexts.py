"""multiprocessing.sharedctypes with the contexts of loky, which starts processes in its own way."""

from __future__ import annotations

from multiprocessing.sharedctypes import (
    Array,
    RawArray,
    RawValue,
    Synchronized,
    SynchronizedArray,
    SynchronizedBase,
    SynchronizedString,
    Value,
    copy,
    synchronized,
)
from typing import Any

import loky
import loky.backend.context as contexts
from loky.backend.synchronize import Lock, RLock

__all__ = ["RawValue", "RawArray", "Value", "Array", "copy", "synchronized"]
__version__ = loky.__version__

# Its others are the standard library's.
_METHODS = ["loky"]


def get_all_start_methods() -> list[str]:
    """Return the start methods that are loky's own."""
    return list(_METHODS)


def get_start_method(allow_none: bool = False) -> Any:
    """Return loky's default."""
    return contexts.get_start_method()


def set_start_method(method: str | None, force: bool = False) -> None:
    """Set loky's default."""
    contexts.set_start_method(method, force)


def get_context(method: str | None = None) -> Any:
    """Return one of loky's contexts."""
    return contexts.get_context(method)

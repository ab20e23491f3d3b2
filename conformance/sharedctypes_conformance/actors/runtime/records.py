"""Records: what a function of this package returns to a check, with a name for each part.

A record is a `typing.NamedTuple` that crosses the wire by value, in both directions. The suite and
the target interpreter know this package under different names, so its class crosses as its name
below the package, and is looked up there and nowhere else. Only registered classes cross like this,
and none of their subclasses: whatever else a backend returns must be seen as what it is.
"""

from __future__ import annotations

import importlib
from typing import Any, TypeVar

Class = TypeVar("Class", bound="type[tuple[Any, ...]]")

_PACKAGE = __name__.rpartition(".runtime.")[0]

# The name of each registered class below the package.
_names: dict[type, str] = {}


def record(cls: Class) -> Class:
    """Register a NamedTuple class, which its module must have under its name, and return it."""
    module = cls.__module__
    if not module.startswith(f"{_PACKAGE}.") or not hasattr(cls, "_fields"):
        raise TypeError(f"{module}.{cls.__qualname__} is no named tuple of {_PACKAGE}")
    _names[cls] = f"{module[len(_PACKAGE) + 1 :]}.{cls.__qualname__}"
    return cls


def is_record(obj: object) -> bool:
    """Return whether an object is an instance of a registered class, and of no subclass."""
    return type(obj) in _names


def name_of(cls: type) -> str | None:
    """Return the name of a registered class below the package, None for any other class."""
    return _names.get(cls)


def find(name: str) -> type:
    """Return the class of a name below the package; raises LookupError if none is registered."""
    module, _, attribute = name.rpartition(".")
    cls = getattr(importlib.import_module(f"{_PACKAGE}.{module}"), attribute, None)
    if not isinstance(cls, type) or _names.get(cls) != name:
        raise LookupError(f"{_PACKAGE} has no record {name}")
    return cls

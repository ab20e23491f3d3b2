"""A module that is empty when it has been imported, and looks its names up when they are needed."""

import functools
import importlib

CAUGHT_BY = {}

_SIX = ("RawValue", "RawArray", "Value", "Array", "copy", "synchronized")
_WRAPPERS = ("SynchronizedBase", "Synchronized", "SynchronizedArray", "SynchronizedString")


__all__ = [*_SIX]


@functools.lru_cache(maxsize=None)
def _module():
    return importlib.import_module("liars.honest.on_reference")


def __getattr__(name):
    if name not in (*_SIX, *_WRAPPERS, "BREAKS"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(_module(), name)


def __dir__():
    return [*_SIX, *_WRAPPERS]

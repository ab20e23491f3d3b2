"""multiprocessing.sharedctypes in a process that gevent and geventmp have patched.

gevent says that this has to be done before anything else is imported; each process does it as early
as it can.
"""

from __future__ import annotations

from importlib import metadata

from gevent import monkey

monkey.patch_all()

from multiprocessing.sharedctypes import (  # noqa: E402 - only now it is what it will be
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

__all__ = ["RawValue", "RawArray", "Value", "Array", "copy", "synchronized"]
__version__ = metadata.version("geventmp")

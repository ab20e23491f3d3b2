"""Descriptors: how to know that a number still stands for the file that it stood for.

The mistake this prevents: a program closes all descriptors, as daemons do, and opens files of its
own, which get the same numbers.  Whoever goes by the number alone closes the program's file, writes
into it, or gives it to a child that takes it for shared memory.

So whoever keeps a descriptor keeps the file along with it, and looks before each use.
"""

from __future__ import annotations

import os
from collections.abc import Callable

# What tells a file from all others, in every process: device and number.
File = tuple[int, int]


def file_of(descriptor: int) -> File:
    """Return which file a descriptor stands for. Raises OSError when it is closed."""
    stat = os.fstat(descriptor)
    return stat.st_dev, stat.st_ino


def still_is(
    descriptor: int,
    file: File | None,
    _fstat: Callable[[int], os.stat_result] = os.fstat,
) -> bool:
    """Tell whether a descriptor stands for the file."""
    # `os` may be gone already when the interpreter shuts down, hence the default argument.
    try:
        stat = _fstat(descriptor)
    except OSError:
        return False
    return (stat.st_dev, stat.st_ino) == file

"""The interpreters of this machine that can be judged: one of each implementation and version."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import findpython

# The name that stands for all of them on the command line.
ALL = "all"

# Actors are written in the grammar of this version.
OLDEST = (3, 8)


def all_interpreters() -> tuple[str, ...]:
    """Return the paths of the interpreters on PATH, and of those that pyenv and others installed.

    This one comes first: it may be that of a virtual environment, in which a backend is installed.
    The others follow, newer ones before older ones; each is started once, to ask for its version.
    """
    return one_of_each([findpython.PythonVersion(Path(sys.executable)), *findpython.find_all()])


def one_of_each(candidates: Iterable[findpython.PythonVersion]) -> tuple[str, ...]:
    """Return the path of the first candidate of each implementation and version."""
    found: dict[tuple[str, str, bool], str] = {}
    for one in candidates:
        if one.is_valid() and (one.major, one.minor) >= OLDEST:
            kind = one.implementation, str(one.version), one.freethreaded
            found.setdefault(kind, str(one.executable))
    return tuple(found.values())

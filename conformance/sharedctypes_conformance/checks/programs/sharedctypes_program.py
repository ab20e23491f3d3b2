"""What every program in this folder starts with: its arguments, and a way to print lines.

    python NAME.py BACKEND CONTEXTS START_METHOD [VARIANT]

BACKEND is the module that is judged, CONTEXTS the one whose contexts belong to it, VARIANT what a
program that does several things is to do. Programs are run and never imported: each is a whole
program as a user would write it, in the grammar of Python 3.8, on the standard library alone. Where
a user writes `from multiprocessing.sharedctypes import Array`, it calls `import_backend`.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from typing import Any

# Where the arguments are for a process that has none of its own.
_ARGUMENTS = "SHAREDCTYPES_PROGRAM_ARGUMENTS"

# Whoever runs the program may ask for a mark before each line that is the program's. Backends print
# too, some of them when they are imported.
_MARK = os.environ.get("SHAREDCTYPES_PROGRAM_MARK", "")


def import_backend() -> Any:
    """Import the module that is judged."""
    return importlib.import_module(_arguments()[0])


def import_contexts() -> Any:
    """Import the module whose contexts belong to the backend, such as `multiprocessing`."""
    return importlib.import_module(_arguments()[1])


def start_method() -> str:
    """Return the start method under which the program is run."""
    return _arguments()[2]


def variant() -> str:
    """Return what the program is to do, "" if that is left to it."""
    return " ".join(_arguments()[3:])


def say(*words: object, end: str = "\n") -> None:
    """Print words at once.

    In one piece, the end of the line too, because processes of a program print at the same time.
    """
    print(_MARK + " ".join(map(str, words)) + end, end="", flush=True)


def _arguments() -> list[str]:
    """Return the arguments of the program, in any of its processes.

    A forkserver may import the main module as well, and has no arguments: without these the import
    would fail, and with it each start.
    """
    given = sys.argv[1:]
    if len(given) >= 3:
        os.environ[_ARGUMENTS] = json.dumps(given)
    elif _ARGUMENTS not in os.environ:
        sys.exit(f"usage: python {sys.argv[0]} BACKEND CONTEXTS START_METHOD [VARIANT]")
    else:
        given = json.loads(os.environ[_ARGUMENTS])
    return given

"""What all programs in this folder import: access to their arguments, and a function that prints.

    python NAME.py BACKEND CONTEXTS START_METHOD [VARIANT]

BACKEND is the module that is judged, CONTEXTS the one whose contexts belong to it, VARIANT selects
what a program with several variants does. Programs are run and never imported: each is a whole
program as a user would write it, in the grammar of Python 3.8, on the standard library alone. Where
a user writes `from multiprocessing.sharedctypes import Array`, it calls `import_backend`.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from typing import Any

# The environment variable with the arguments, for a process that has none of its own.
_ARGUMENTS = "SHAREDCTYPES_PROGRAM_ARGUMENTS"

# A text to print before each line of the program, if its caller asks for it: backends print lines
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
    """Return the variant that the program is to run, "" if none is given."""
    return " ".join(_arguments()[3:])


def say(*words: object, end: str = "\n") -> None:
    """Print words at once.

    In one piece with the end of the line, because processes of a program print at the same time.
    """
    print(_MARK + " ".join(map(str, words)) + end, end="", flush=True)


def _arguments() -> list[str]:
    """Return the arguments of the program, in any of its processes.

    A forkserver may import the main module too, without arguments: if they were missing there, the
    import would fail, and with it each start.
    """
    given = sys.argv[1:]
    if len(given) >= 3:
        os.environ[_ARGUMENTS] = json.dumps(given)
    elif _ARGUMENTS not in os.environ:
        sys.exit(f"usage: python {sys.argv[0]} BACKEND CONTEXTS START_METHOD [VARIANT]")
    else:
        given = json.loads(os.environ[_ARGUMENTS])
    return given

"""The classes of CPython's that test shared ctypes, ready to run on a backend.

Children import this module to find the functions that they run, and so get the same backend. What
is to be run stands in the environment for that reason, which every child inherits.
"""

from __future__ import annotations

import importlib
import os
from typing import Any

from . import CLASSES, MODULE
from .substitution import substitute

substitute(
    os.environ["SHAREDCTYPES_UNDER_TEST"],
    on_their_heap="SHAREDCTYPES_ON_THEIR_HEAP" in os.environ,
)
# Only now: it imports names from the place that was just taken.
theirs = importlib.import_module(MODULE)

# Their function makes the cases of all their classes, and what has to happen before and after them.
_made: dict[str, Any] = {"__name__": __name__}
theirs.install_tests_in_module_dict(_made, os.environ["SHAREDCTYPES_START_METHOD"])

setUpModule = _made["setUpModule"]
tearDownModule = _made["tearDownModule"]

#: The case to run for each class of theirs.
CASES = {name: _made[f"WithProcesses{name.removeprefix('_')}"] for name in CLASSES}
globals().update({case.__name__: case for case in CASES.values()})

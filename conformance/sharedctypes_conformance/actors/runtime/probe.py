"""What the target interpreter and the backend in it say about themselves."""

from __future__ import annotations

import importlib
import importlib.util
import os
import platform
import sys
import sysconfig
from importlib import metadata
from typing import Any

from . import processes

NAMES = ("RawValue", "RawArray", "Value", "Array", "copy", "synchronized")


def interpreter() -> dict[str, Any]:
    """Describe the interpreter, as it will stand in the report."""
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    return {
        "executable": sys.executable,
        "implementation": sys.implementation.name,
        "version": ".".join(map(str, sys.implementation.version[:3])),
        "python": platform.python_version(),
        "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")) and not gil,
        "platform": platform.platform(),
        "optimized": not __debug__,
    }


def backend(module_name: str) -> dict[str, Any]:
    """Import the backend and describe it; raises whatever its import raises.

    A package with a module `sharedctypes` stands for that module.
    """
    module = importlib.import_module(module_name)
    if hasattr(module, "__path__") and importlib.util.find_spec(module_name + ".sharedctypes"):
        module_name += ".sharedctypes"
        module = importlib.import_module(module_name)
    contexts = processes.context_module(module_name)
    return {
        "module": module_name,
        "file": getattr(module, "__file__", None),
        "version": _version(module_name),
        "names": [name for name in NAMES if hasattr(module, name)],
        "contexts": contexts.__name__,
        "start_methods": list(map(str, contexts.get_all_start_methods())),
    }


def _distribution_version(top: str) -> str | None:
    """Return the version of the installed distribution that has a top-level package or module."""
    for distribution in metadata.distributions():
        names = (distribution.read_text("top_level.txt") or "").split()
        if not names:
            names = [file.parts[0].partition(".")[0] for file in distribution.files or ()]
        if top in names:
            return distribution.version
    return None


def _version(module_name: str) -> str | None:
    """Return the version of the package that a module belongs to, None if it has none."""
    top = module_name.partition(".")[0]
    package = importlib.import_module(top)
    distribution = _distribution_version(top)
    if distribution:
        return distribution
    for one in (package, importlib.import_module(module_name)):
        version = getattr(one, "__version__", None)
        if isinstance(version, str):
            return version
    # A module of the standard library has the version of its interpreter.
    stdlib = sysconfig.get_path("stdlib")
    file = getattr(package, "__file__", None) or ""
    if os.path.dirname(os.path.abspath(file)).startswith(stdlib) and "-packages" not in file:
        return platform.python_version()
    return None

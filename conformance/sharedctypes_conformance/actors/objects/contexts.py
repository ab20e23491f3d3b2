"""Contexts: what their module calls its own, and which start methods are chosen."""

from __future__ import annotations

import importlib
from typing import Any


def part_of(package: str, part: str) -> Any:
    """Return the module or object of this name that a package has, None if it has none."""
    try:
        return importlib.import_module(f"{package}.{part}")
    except ImportError:
        return getattr(importlib.import_module(package), part, None)


def chosen(contexts: str) -> list[str]:
    """Return the default start methods chosen so far: of `multiprocessing`, and of `contexts`."""
    modules = {name: importlib.import_module(name) for name in ("multiprocessing", contexts)}
    methods = {name: mod.get_start_method(allow_none=True) for name, mod in modules.items()}
    return [f"{name}: {method}" for name, method in methods.items() if method is not None]


def choose_none(contexts: str) -> None:
    """Make it so that no default start method is chosen."""
    for name in ("multiprocessing", contexts):
        importlib.import_module(name).set_start_method(None, force=True)

"""What a module shows of itself."""

from __future__ import annotations

import importlib
import inspect
from typing import Any


def star_import(module: str) -> dict[str, bool]:
    """Return the names that `from module import *` binds, and whether to what the module has."""
    bound: dict[str, Any] = {}
    exec(f"from {module} import *", bound)  # noqa: S102 - there is no other way to do just this
    del bound["__builtins__"]
    owner = importlib.import_module(module)
    return {name: obj is getattr(owner, name) for name, obj in bound.items()}


def signature(function: Any) -> str:
    """Return a function's signature as `inspect` has it, without annotations."""
    found = inspect.signature(function)
    bare = [one.replace(annotation=one.empty) for one in found.parameters.values()]
    return str(found.replace(parameters=bare, return_annotation=found.empty))

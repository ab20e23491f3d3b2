"""What a report may have a reproducer do: nothing by which it reaches more than checks use.

The functions that it may name are few, but some of them take names in their turn: of attributes, of
modules that are imported, of files. By one of these a report of a stranger could reach any function
of the interpreter.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from .. import actors

ACTORS = "sharedctypes_actors."
_PACKAGE = actors.__name__

_OPEN_DUNDERS = frozenset(
    [
        "__class__",
        "__contains__",
        "__delitem__",
        "__doc__",
        "__enter__",
        "__eq__",
        "__exit__",
        "__getitem__",
        "__hash__",
        "__iter__",
        "__len__",
        "__module__",
        "__name__",
        "__qualname__",
        "__repr__",
        "__reversed__",
        "__setitem__",
    ]
)
# Frames, whose globals have everything; a context's module, and what it starts or imports.
_CLOSED_ATTRIBUTES = (
    *("gi_", "f_", "tb_", "cr_", "ag_", "func_"),
    *("reducer", "set_executable", "set_forkserver_preload"),
)
_OF_ATTRIBUTES = ("getattr", "setattr", "delattr", "hasattr", "inspect.getattr_static")

# Parameters of the functions of the actors that stand for a module, and for a file.
_MODULES = frozenset(["backend", "_backend", "contexts", "module", "module_name", "package"])
_FILES = frozenset(["address", "board", "folder", "path", "report", "stacks"])
# What a check asks a package for.
_PARTS = (
    *("Lock", "RLock", "RawArray", "RawValue", "Value"),
    *("get_context", "get_start_method", "synchronize"),
)


def objection(
    function: str, args: Sequence[Any], keywords: Mapping[str, Any], modules: Collection[str]
) -> str:
    """Return why a function may not be called like this, "" if it may.

    `modules` are those of the backend and of its contexts, which alone may be imported.
    """
    name = function.removeprefix("builtins.")
    if name in _OF_ATTRIBUTES:
        attribute = args[1] if len(args) > 1 else ""
        if not isinstance(attribute, str) or not _is_open(attribute, asked=name == "hasattr"):
            return f"no reproducer may use the attribute {attribute!r}"
    if not function.startswith(ACTORS):
        return ""
    for text in _texts_in([args, keywords]):
        if "/" in text:
            return f"no reproducer passes a path to {function!r}"
        if not _is_open(text):
            return f"no reproducer passes {text!r} to {function!r}"
    for parameter, value in _arguments(function, args, keywords).items():
        allowed = {"part": _PARTS, **dict.fromkeys(_MODULES, modules), **dict.fromkeys(_FILES, ())}
        if isinstance(value, str) and value not in allowed.get(parameter, [value]):
            return f"no reproducer passes {value!r} as {parameter} to {function!r}"
    return ""


def _is_open(name: str, asked: bool = False) -> bool:
    """Return whether an attribute may be used, or `asked` for."""
    is_private = name.startswith("_") and name not in _OPEN_DUNDERS
    return not (is_private and not asked) and not name.startswith(_CLOSED_ATTRIBUTES)


def _texts_in(value: Any) -> Iterator[str]:
    """Yield the texts in arguments, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts_in([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _texts_in(item)
    elif hasattr(value, "parts"):  # a record
        yield from _texts_in(value.parts)


def _arguments(function: str, args: Sequence[Any], keywords: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a function of the actors by the names of its parameters."""
    module, _, name = function.removeprefix(ACTORS).removesuffix("()").rpartition(".")
    try:
        found = getattr(importlib.import_module(f"{_PACKAGE}.{module}"), name)
        return inspect.signature(found).bind(*args, **keywords).arguments
    except (ImportError, AttributeError, TypeError, ValueError):
        return {}  # there is no such function, which the script is told when it is written

"""What a report may have a reproducer do: nothing by which it reaches more than checks use.

The functions that it may name are few, but some of them take names in their turn: of attributes, of
modules that are imported, of files. By one of these a report of a stranger could reach any function
of the interpreter. So each name has to be there to be looked at: what the program itself would put
together is none, nor is what one function would pass to another one.
"""

from __future__ import annotations

import importlib
import inspect
import re
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
# Of frames, whose globals have everything; of contexts: a module, and what they start or import; of
# types: an object at any address.
_CLOSED_ATTRIBUTES = (
    "gi_",
    "f_",
    "tb_",
    "cr_",
    "ag_",
    "from_address",
    "func_",
    "reducer",
    "set_executable",
    "set_forkserver_preload",
)
_OF_ATTRIBUTES = ("getattr", "setattr", "delattr", "hasattr", "inspect.getattr_static")

# Parameters of the functions of the actors that stand for a module, and for a file.
_MODULES = frozenset(["backend", "_backend", "contexts", "module", "module_name", "package"])
_FILES = frozenset(["address", "board", "folder", "path", "report", "stacks"])
# What a check asks a package for.
_PARTS = (
    "Array",
    "Lock",
    "RLock",
    "RawArray",
    "RawValue",
    "Value",
    "get_context",
    "get_start_method",
    "synchronize",
)
_GUARDED = _MODULES | _FILES | {"part"}
# Those that stand for names of attributes, one or several, beside all that are texts.
_NAMES = re.compile(r"((Sequence|list|tuple)\[)?str\b")
_PATH = "steps"


def objection(
    function: str, args: Sequence[Any], keywords: Mapping[str, Any], modules: Collection[str]
) -> str:
    """Return why a function may not be called like this, "" if it may.

    It is "" for an object that is called. `modules` are those of the backend and of its contexts,
    which alone may be imported.
    """
    name = function.removeprefix("builtins.")
    if name in _OF_ATTRIBUTES:
        attribute = args[1] if len(args) > 1 else ""
        if not isinstance(attribute, str) or not _is_open(attribute, asked=name == "hasattr"):
            return f"no reproducer may use the attribute {attribute!r}"
    if not function.startswith(ACTORS):
        # Whoever is passed one of these calls it with texts that are not looked at here.
        some = (one.removeprefix("builtins.") for one in _functions_in([args, keywords]))
        return next((f"no reproducer passes {one!r}" for one in some if one in _OF_ATTRIBUTES), "")
    for text in _texts_in([args, keywords]):
        if "/" in text:
            return f"no reproducer passes a path to {function!r}"
        if not _is_open(text):
            return f"no reproducer passes {text!r} to {function!r}"
    for parameter, value in _arguments(function, args, keywords).items():
        allowed = {"part": _PARTS, **dict.fromkeys(_MODULES, modules), **dict.fromkeys(_FILES, ())}
        if isinstance(value, str) and value not in allowed.get(parameter, [value]):
            return f"no reproducer passes {value!r} as {parameter} to {function!r}"
        if _is_name(function, parameter) and _objects_in(value):
            return f"no reproducer passes what it has made as {parameter} to {function!r}"
    for called, given in _calls_in([*args, *keywords.values()]):
        # Some functions put an object in front of these, others have it among them.
        ways = [way for way in ((None, *given), given) if _takes(called, way)]
        if _takes_names(called) and all(objection(called, way, {}, modules) for way in ways):
            return f"no reproducer passes {called!r} with what it has made, or alone"
    return ""


def _takes_names(function: str) -> bool:
    return function.removeprefix("builtins.") in _OF_ATTRIBUTES or any(
        _is_name(function, parameter) for parameter in _parameters(function)
    )


def _takes(function: str, args: Sequence[Any]) -> bool:
    """Return whether a function that takes names can be called with so many arguments."""
    name = function.removeprefix("builtins.")
    if name in _OF_ATTRIBUTES:
        return len(args) == 3 if name == "setattr" else 2 <= len(args) <= 3
    return bool(_arguments(function, args, {}))


def _is_name(function: str, parameter: str) -> bool:
    """Return whether a parameter of a function of the actors is a name, or several."""
    annotation = str(_parameters(function)[parameter].annotation)
    return parameter in _GUARDED or parameter == _PATH or bool(_NAMES.match(annotation))


def _calls_in(values: Sequence[Any]) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield the functions among some values, each with what it may be called with.

    That is what follows: the values, or the list of them if there is one.
    """
    for place, value in enumerate(values):
        if hasattr(value, "dotted"):
            rest = values[place + 1 :]
            is_listed = len(rest) == 1 and isinstance(rest[0], list | tuple)
            yield value.dotted, rest[0] if is_listed else rest
        elif isinstance(value, list | tuple):
            yield from _calls_in(value)


def may_be_passed(function: str) -> bool:
    """Return whether a function may be an argument: not if it may be called with some names only.

    Whoever is passed it may call it with others.
    """
    return not (function.startswith(ACTORS) and _GUARDED & set(_parameters(function)))


def _is_open(name: str, asked: bool = False) -> bool:
    """Return whether an attribute may be used, or `asked` for."""
    is_private = name.startswith("_") and name not in _OPEN_DUNDERS
    return not (is_private and not asked) and not name.startswith(_CLOSED_ATTRIBUTES)


def _texts_in(value: Any) -> Iterator[str]:
    return (one for one in _parts_of(value) if isinstance(one, str))


def _objects_in(value: Any) -> list[Any]:
    return [one for one in _parts_of(value) if hasattr(one, "attribute")]


def _functions_in(value: Any) -> Iterator[str]:
    return (one.dotted for one in _parts_of(value) if hasattr(one, "dotted"))


def _parts_of(value: Any) -> Iterator[Any]:
    """Yield what arguments consist of, however deep."""
    if isinstance(value, Mapping):
        yield from _parts_of([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _parts_of(item)
    elif hasattr(value, "parts"):  # a record
        yield from _parts_of(value.parts)
    else:
        yield value


def _arguments(function: str, args: Sequence[Any], keywords: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a function of the actors by the names of its parameters."""
    signature = _signature(function)
    try:
        return signature.bind(*args, **keywords).arguments if signature else {}
    except TypeError:
        return {}  # such a call raises before it does anything


def _parameters(function: str) -> Mapping[str, inspect.Parameter]:
    signature = _signature(function)
    return signature.parameters if signature else {}


def _signature(function: str) -> inspect.Signature | None:
    """Return that of a function of the actors, None if this version has no such function."""
    module, _, name = function.removeprefix(ACTORS).removesuffix("()").rpartition(".")
    try:
        return inspect.signature(getattr(importlib.import_module(f"{_PACKAGE}.{module}"), name))
    except (ImportError, AttributeError, TypeError, ValueError):
        return None  # no script is written with it

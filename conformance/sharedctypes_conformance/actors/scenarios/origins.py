"""Whose the objects under test are, in the process that makes them and in a child.

A backend may hand on what another module has, or what the standard library has. What a function
says of itself (`__module__`) is not asked: its code has the globals of where it was defined, and
code of the standard library that runs is seen running.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import sys
import tempfile
from types import FrameType
from typing import Any

from ..runtime import children, processes
from ..runtime.marks import long_running

_SIX = ("RawValue", "RawArray", "Value", "Array", "copy", "synchronized")
_CLASSES = ("SynchronizedBase", "Synchronized", "SynchronizedArray", "SynchronizedString")

# Whoever comes through here has made an object of the standard library.
_STANDARD = "multiprocessing.sharedctypes"


@long_running
def of_all(backend: str) -> dict[str, tuple[str, str]]:
    """Return for each thing that is tested the module that it is of: here, and in a child.

    The latter is "" if there is no child, or it cannot get the thing.
    """
    objects = {name: obj for name, obj in _made(backend).items() if obj is not None}
    here = _origins(backend, objects)
    there: dict[str, str] = {}
    where = os.path.join(tempfile.mkdtemp(), "origins")
    for passed in (objects, {}):
        try:
            process = children.start_child(_note, where, backend, passed)
        except Exception:  # noqa: S112 - whatever it is, it is judged by clauses
            continue
        children.end_of(process)
        try:
            with open(where) as file:
                there = json.load(file)
        except (OSError, ValueError):
            continue
        break
    return {what: (module, there.get(what, "")) for what, module in here.items()}


def _note(where: str, backend: str, objects: dict[str, Any]) -> None:
    origins = _origins(backend, objects)
    with open(where, "w") as file:
        json.dump(origins, file)


def _made(backend: str) -> dict[str, Any]:
    """Return an object of each maker, None where it raises."""
    module = importlib.import_module(backend)
    made: dict[str, Any] = {}
    for maker in _SIX[:4]:
        try:
            made[maker] = getattr(module, maker)("i", [1] if maker.endswith("Array") else 1)
        except Exception:
            made[maker] = None
    return made


def _origins(backend: str, objects: dict[str, Any]) -> dict[str, str]:
    module = importlib.import_module(backend)
    found = {
        name: defined_in(getattr(module, name))
        for name in (*_SIX, *_CLASSES)
        if hasattr(module, name)
    }
    for maker in _SIX[:4]:
        own = found.get(maker, "multiprocessing").partition(".")[0] != "multiprocessing"
        if own and _runs_standard_code(module, maker):
            found[maker] += f", by means of {_STANDARD}"
    for maker in ("Value", "Array"):
        if maker in objects:
            obj = objects[maker]
            found[f"what {maker} returns"] = defined_in(type(obj))
            lock = getattr(obj, "get_lock", lambda: None)()
            if lock is not None:
                found[f"the lock of what {maker} returns"] = defined_in(type(lock))
    contexts = processes.context_module(backend)
    if contexts.__name__ != "multiprocessing":
        found["Process"] = defined_in(contexts.get_context().Process)
    return found


def defined_in(thing: Any) -> str:
    """Return the name of the module in which a function or class is defined."""
    while isinstance(thing, functools.partial):
        thing = thing.func
    thing = getattr(thing, "__func__", thing)
    scope = getattr(thing, "__globals__", None)
    if scope is None and not isinstance(thing, type):
        # An object that can be called.
        thing = type(thing)
    return str(thing.__module__ if scope is None else scope.get("__name__"))


def _runs_standard_code(module: Any, maker: str) -> bool:
    """Return whether code of the standard library's module runs while an object is made."""
    ran = False

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal ran
        ran = ran or (event == "call" and frame.f_globals.get("__name__") == _STANDARD)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        getattr(module, maker)("i", [1] if maker.endswith("Array") else 1)
    except Exception:  # noqa: S110 - whatever it is, it is judged by clauses
        pass
    finally:
        sys.setprofile(before)
    return ran

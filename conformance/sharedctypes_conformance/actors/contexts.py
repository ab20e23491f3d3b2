"""Contexts: giving objects to a process of one, and what their module calls its own."""

from __future__ import annotations

import ctypes
import importlib
from collections.abc import Callable
from typing import Any

from . import toolbox

# Seconds, less than the suite waits for the process that waits here.
_PATIENCE = 7.0


def give(context: Any, wrappers: list[Any]) -> str:
    """Give wrappers to a process of a context, which turns every bit of their objects around.

    Return what went wrong, nothing if it did not: that the process cannot be started, ends badly,
    or did what does not arrive here.
    """
    turned = [_turned(wrapper.get_obj()) for wrapper in wrappers]
    process = context.Process(target=turn, args=(wrappers,))
    try:
        process.start()
    except Exception as raised:  # which one is told; that it was raised is the finding
        return f"start() raised {type(raised).__name__}: {raised}"
    process.join()
    if process.exitcode != 0:
        return f"the process ended with exit code {process.exitcode}"
    for wrapper, data in zip(wrappers, turned):
        if toolbox.contents(wrapper.get_obj())[1] != data:
            return f"what the process wrote into {wrapper!r} is not there"
    return ""


def cross(make: Callable[..., Any], of_lock: Any, of_process: Any) -> int | None:
    """Give a value with a lock of one context to a process of another.

    Return the process's exit code, 0 also if it could not be started; None if it does not end.
    """
    wrapper = make("i", 7, lock=of_lock.RLock())
    process = of_process.Process(target=turn, args=([wrapper],))
    try:
        process.start()
    except Exception:  # it is refused, which may be done by any
        return 0
    process.join(_PATIENCE)
    code: int | None = process.exitcode
    if code is None:
        process.terminate()
        process.join()
    return code


def turn(wrappers: list[Any]) -> None:
    """Turn every bit of the objects around, each under its lock."""
    for wrapper in wrappers:
        with wrapper.get_lock():
            toolbox.fill(wrapper.get_obj(), _turned(wrapper.get_obj()))


def _turned(obj: Any) -> bytes:
    data = ctypes.string_at(ctypes.addressof(obj), ctypes.sizeof(obj))
    return bytes(byte ^ 0xFF for byte in data)


def part_of(package: str, name: str) -> Any:
    """Return the module of this name that a package has, None if it has none."""
    try:
        return importlib.import_module(f"{package}.{name}")
    except ImportError:
        return getattr(importlib.import_module(package), name, None)


def chosen(contexts: str) -> list[str]:
    """Return the default start methods chosen so far: of `multiprocessing`, and of `contexts`."""
    modules = {name: importlib.import_module(name) for name in ("multiprocessing", contexts)}
    methods = {name: mod.get_start_method(allow_none=True) for name, mod in modules.items()}
    return [f"{name}: {method}" for name, method in methods.items() if method is not None]


def choose_none(contexts: str) -> None:
    """Make it so that no default start method is chosen."""
    for name in ("multiprocessing", contexts):
        importlib.import_module(name).set_start_method(None, force=True)

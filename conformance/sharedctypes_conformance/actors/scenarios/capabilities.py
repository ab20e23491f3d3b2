"""The plainest use of each capability, which shows whether a backend lacks it.

A use that is refused returns how: which exception was raised, or which name is not there. What it
does badly is no evidence that anything is lacking, and a use that ends in another way returns "".
"""

from __future__ import annotations

import concurrent.futures
import ctypes
import importlib
import os
import tempfile
import threading
from collections.abc import Callable
from typing import Any

from ..locks import minimal_locks
from ..runtime import children, processes
from ..runtime.marks import long_running

_CLASSES = ("SynchronizedBase", "Synchronized", "SynchronizedArray", "SynchronizedString")
_OF_LOCKS = ("get_lock", "acquire", "release")


def contexts(backend: str) -> str:
    """Look for a start method that the standard library has too."""
    module = processes.context_module(backend)
    methods = [str(method) for method in module.get_all_start_methods()]
    if {*methods} & {"fork", "spawn", "forkserver"}:
        return ""
    return f"{module.__name__} has {', '.join(methods)} alone"


def ctypes_objects(backend: str) -> str:
    """Look for a ctypes object: a raw one, or one in a wrapper."""
    module = importlib.import_module(backend)
    for maker, argument in (("RawValue", 1), ("RawArray", [1])):
        make = getattr(module, maker, None)
        if make is not None and not _refusal(_make_ctypes, make, argument):
            return ""
    return get_obj(backend)


def _make_ctypes(make: Callable[..., Any], argument: Any) -> None:
    ctypes.addressof(make(ctypes.c_int, argument))


def get_obj(backend: str) -> str:
    """Look for what gives the object in a wrapper."""
    return _without(_value(backend), "get_obj")


def locks(backend: str) -> str:
    """Look for the lock of a wrapper."""
    return _without(_value(backend), *_OF_LOCKS)


def typecodes(backend: str) -> str:
    """Construct an int by its typecode, if it can be constructed by its type."""
    for maker, arguments in (("Value", (1,)), ("RawValue", (1,)), ("Array", (1,))):
        make = getattr(importlib.import_module(backend), maker, None)
        if make is not None and not _refusal(make, ctypes.c_int, *arguments):
            return _as_call(f"{maker}('i', 1)", _refusal(make, "i", *arguments))
    return ""


def wrapper_classes(backend: str) -> str:
    """Look for the names of the classes."""
    module = importlib.import_module(backend)
    if any(hasattr(module, name) for name in _CLASSES):
        return ""
    return f"{backend} has no {_CLASSES[0]}, nor any other of them"


def custom_locks(backend: str) -> str:
    """Construct a Value under a user's lock, if it can be constructed under a lock at all."""
    make = getattr(importlib.import_module(backend), "Value", None)
    if make is None:
        return ""
    kind: Any = ctypes.c_int if _refusal(make, "i", 1) else "i"
    if _refusal(make, kind, 1, lock=processes.new_lock("RLock")):
        return ""
    refusal = _refusal(make, kind, 1, lock=minimal_locks.OwnRLock())
    return _as_call("Value('i', 1, lock=...) with a user's lock", refusal)


def threads(_backend: str) -> str:
    """Start a thread."""
    return _as_call("Thread.start()", _refusal(threading.Thread(target=int).start))


def native_threads(backend: str) -> str:
    """Start a thread, and ask for its number."""
    refusal = threads(backend)
    if refusal:
        return refusal
    numbers: list[int] = []

    def note() -> None:
        numbers.append(threading.get_native_id())

    thread = threading.Thread(target=note)
    thread.start()
    thread.join()
    if numbers == [threading.get_native_id()]:
        return "a thread has the native id of the one that started it: it runs only when that waits"
    return ""


@long_running
def start_with(backend: str, makers: list[str]) -> str:
    """Start a child of the stage's context with an object of each maker as its arguments.

    Wrappers are tried with their default lock and with one of the context.
    """
    module, folder = importlib.import_module(backend), tempfile.mkdtemp()
    kind: Any = "i" if not typecodes(backend) else ctypes.c_int
    variants: list[dict[str, Any]] = [{}]
    if any(not maker.startswith("Raw") for maker in makers):
        variants.append({"lock": processes.new_lock("RLock")})
    refused = ""
    for keywords in variants:
        try:
            objects = [_new(module, maker, kind, keywords) for maker in makers]
        except Exception:  # noqa: S112 - whatever it is, it is not about children
            continue
        where = os.path.join(folder, str(len(keywords)))
        try:
            process = children.start_child(_note_process, where, *objects)
        except Exception as raised:  # whatever it is
            refused = refused or f"start() of a Process raised {type(raised).__name__}: {raised}"
            continue
        if children.end_of(process).exit_code == 0 and _text(where) == str(os.getpid()):
            return "a Process runs in the process that started it"
        return ""
    return refused


def _new(module: Any, maker: str, kind: Any, keywords: dict[str, Any]) -> Any:
    argument: Any = [1] if maker.endswith("Array") else 1
    return getattr(module, maker)(kind, argument, **({} if maker.startswith("Raw") else keywords))


def _note_process(where: str, *_objects: Any) -> None:
    with open(where, "w") as file:
        file.write(str(os.getpid()))


def _text(where: str) -> str:
    try:
        with open(where) as file:
            return file.read()
    except OSError:
        return ""


@long_running
def pools(_backend: str) -> str:
    """Have a Pool of the stage's context do something."""

    def use() -> None:
        with processes.context().Pool(1) as pool:
            task = pool.apply_async(len, ("four",))
            children.wait_for(lambda seconds: bool(task.wait(seconds) or task.ready()))
            task.get(0)

    return _as_call("the use of a Pool", _refusal(use))


@long_running
def executors(_backend: str) -> str:
    """Have an executor with the stage's context do something."""

    def use() -> None:
        executor = concurrent.futures.ProcessPoolExecutor(1, processes.context())
        try:
            future = executor.submit(len, "four")
            children.wait_for(lambda s: bool(concurrent.futures.wait([future], s).done))
            future.result(0)
        finally:
            executor.shutdown(wait=False)

    return _as_call("the use of a ProcessPoolExecutor", _refusal(use))


def _value(backend: str) -> Any:
    """Return a new Value, or an Array where there is no Value; None if it cannot be had."""
    module = importlib.import_module(backend)
    for maker in ("Value", "Array"):
        for kind in ("i", ctypes.c_int):
            try:
                return getattr(module, maker)(kind, 1)
            except Exception:  # noqa: S112 - whatever it is, it is judged by other clauses
                continue
    return None


def _without(obj: Any, *names: str) -> str:
    """Return that an object has none of some attributes, "" if it has one."""
    if obj is None or any(hasattr(obj, name) for name in names):
        return ""
    return f"a {type(obj).__module__}.{type(obj).__qualname__} has no {' or '.join(names)}"


def _refusal(call: Callable[..., Any], *args: Any, **keywords: Any) -> str:
    try:
        call(*args, **keywords)
    except Exception as raised:  # whatever it is
        return f"{type(raised).__name__}: {raised}"
    return ""


def _as_call(what: str, refusal: str) -> str:
    return refusal and f"{what} raised {refusal}"

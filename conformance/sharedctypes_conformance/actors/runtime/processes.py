"""Starting actors as children: through the backend's own contexts, never around them.

Shared ctypes objects cross to a child by inheritance alone, as arguments of its Process. The child
starts in `child_main` with the objects under the numbers that they have in its parent.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import threading
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ..system import leaked_names
from . import serve
from .marks import long_running
from .records import record


@record
class New(NamedTuple):
    """An object that is made for one child: `make(*args)`, in the container of that name."""

    make: Callable[..., Any]
    args: tuple[Any, ...]
    container: str


_context: Any = None
_children: dict[int, Any] = {}


def context_module(backend: str) -> Any:
    """Return the module whose contexts belong to `backend`.

    The module itself, else the nearest package around it, else `multiprocessing`. Having
    `get_context` is not enough: modules import it from their package without being the place where
    the start method is set.
    """
    name = backend
    while name:
        module = importlib.import_module(name)
        if hasattr(module, "get_context") and hasattr(module, "set_start_method"):
            return module
        name = name.rpartition(".")[0]
    return importlib.import_module("multiprocessing")


def use_start_method(backend: str, method: str) -> str:
    """Make `method` the default of the backend's contexts, as its users would, and remember it.

    Return the file of the backend.
    The standard library's default is set too: a backend made of its pieces takes its locks there.
    """
    global _context
    standard, own = importlib.import_module("multiprocessing"), context_module(backend)
    if own is not standard:
        # It may be a method that only the backend has.
        with contextlib.suppress(ValueError):
            standard.set_start_method(method, force=True)
    own.set_start_method(method, force=True)
    _context = context_module(backend).get_context(method)
    if method == "forkserver" and hasattr(_context, "set_forkserver_preload"):
        _context.set_forkserver_preload([__name__])
    return serve.file_of_backend(backend)


def context() -> Any:
    """Return the context of the backend for the start method of this stage."""
    return _context


def new_lock(kind: str) -> Any:
    """Return a new `Lock` or `RLock` of the backend's context."""
    return getattr(_context, kind)()


@long_running
def start(
    backend: str,
    method: str,
    address: str,
    number: int,
    objects: dict[int, Any],
    stacks: str,
    new_objects: Sequence[New],
    in_thread: bool,
) -> list[tuple[int, str]]:
    """Start actor `number` as a child of this process, with `objects` inherited.

    It also inherits what each of `new_objects` makes, in its container. Nothing but the Process
    refers to these objects here. Return their numbers and the names of their classes.

    `in_thread` is whether a thread of its own makes them and starts the child, and ends then.
    """
    args = (backend, method, address, number, objects, stacks, new_objects)
    if not in_thread:
        return _start(*args)
    outcomes: list[Any] = []

    def run() -> None:
        try:
            outcomes.append(_start(*args))
        except BaseException as problem:  # it is raised again below
            outcomes.append(problem)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if isinstance(outcomes[0], BaseException):
        raise outcomes[0]
    started: list[tuple[int, str]] = outcomes[0]
    return started


def _start(
    backend: str,
    method: str,
    address: str,
    number: int,
    objects: dict[int, Any],
    stacks: str,
    new_objects: Sequence[New],
) -> list[tuple[int, str]]:
    new = {serve.new_number(): one.make(*one.args) for one in new_objects}
    packed = _packed(new, new_objects) if new else []
    if _context is None:
        use_start_method(backend, method)
    process = _context.Process(
        target=child_main,
        args=(backend, method, address, number, objects, stacks, packed),
    )
    # That of its creator: whose a lock is must not be a matter of names. It is no argument, which a
    # context that keeps objects alive would have to pass on.
    process.name = "MainProcess"
    process.start()
    _children[number] = process
    return [(key, serve.kind_of(obj)) for key, obj in new.items()]


# Importing dataclasses takes longer than all else that a child needs, and most need no container.


def _packed(new: dict[int, Any], made_by: Sequence[New]) -> list[tuple[int, str, Any]]:
    from .containers import CONTAINERS

    return [
        (key, one.container, CONTAINERS[one.container][0]([obj]))
        for (key, obj), one in zip(new.items(), made_by)
    ]


def _unpacked(packed: list[tuple[int, str, Any]]) -> dict[int, Any]:
    from .containers import CONTAINERS

    return {key: CONTAINERS[name][1](holder)[0] for key, name, holder in packed}


def child_main(
    backend: str,
    method: str,
    address: str,
    number: int,
    objects: dict[int, Any],
    stacks: str,
    packed: list[tuple[int, str, Any]],
) -> None:
    """Where a child begins."""
    global _context
    leaked_names.note_existing()
    _children.clear()
    _context = context_module(backend).get_context(method)
    unpacked = _unpacked(packed) if packed else {}
    serve.file_of_backend(backend)
    serve.prepare_process(number, {**objects, **unpacked}, stacks)
    del objects, packed, unpacked
    serve.serve(address, number)


def kill_itself() -> None:
    """Kill this process, as another would do it that knows its number."""
    os.kill(os.getpid(), signal.SIGKILL)


@long_running
def has_ended(number: int) -> bool:
    """Return whether a child of this process has ended; it is still to be joined."""
    return _children[number].exitcode is not None


@long_running
def join(number: int, seconds: float) -> int | None:
    """Wait for a child of this process; return its exit code, or None while it still runs."""
    process = _children[number]
    process.join(seconds)
    code = process.exitcode
    if code is not None:
        # Only a join that sees the end may let go of what the Process has. One with a timeout waits
        # for the sentinel, which is inherited by the child's own children.
        process.join()
        del _children[number]
    return None if code is None else int(code)

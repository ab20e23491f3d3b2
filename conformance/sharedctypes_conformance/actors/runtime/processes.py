"""Starting children: through the backend's own contexts, never around them.

Shared ctypes objects cross to a child by inheritance alone, as arguments of its Process. The child
starts in `child_main` with the objects under the numbers that they have in its parent.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Sequence
from typing import Any

from ..system import leaked_names
from ..system import process_states as states
from . import serve
from .containers import CONTAINERS

# Seconds for a process that should end at once, if nobody is at work. They are less than the stage
# waits for the one that waits here.
PATIENCE = 7.0

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


def use_start_method(backend: str, method: str) -> None:
    """Make `method` the default of the backend's contexts, as its users would, and remember it.

    The standard library's default is set too: a backend made of its pieces takes its locks there.
    """
    global _context
    for module in (importlib.import_module("multiprocessing"), context_module(backend)):
        module.set_start_method(method, force=True)
    _context = context_module(backend).get_context(method)
    if method == "forkserver" and hasattr(_context, "set_forkserver_preload"):
        _context.set_forkserver_preload([__name__])


def context() -> Any:
    """Return the context of the backend for the start method of this stage."""
    return _context


def new_lock(kind: str) -> Any:
    """Return a new `Lock` or `RLock` of the backend's context."""
    return getattr(_context, kind)()


def start(
    backend: str,
    method: str,
    address: str,
    number: int,
    objects: dict[int, Any],
    stacks: str,
    makings: Sequence[tuple[Callable[..., Any], tuple[Any, ...], str]] = (),
) -> list[tuple[int, str]]:
    """Start actor `number` as a child of this process, with `objects` inherited.

    It also inherits what each of `makings`, a function and its arguments, returns, each in the
    container that is named there. To that nothing here refers but the Process. Return the numbers
    and the classes of these.
    """
    new = {serve.new_number(): make(*args) for make, args, _ in makings}
    packed = [
        (key, container, CONTAINERS[container][0]([obj]))
        for (key, obj), (_, _, container) in zip(new.items(), makings)
    ]
    if _context is None:
        use_start_method(backend, method)
    process = _context.Process(
        target=child_main, args=(backend, method, address, number, objects, stacks, packed)
    )
    process.start()
    _children[number] = process
    return [(key, serve.kind_of(obj)) for key, obj in new.items()]


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
    unpacked = {key: CONTAINERS[name][1](holder)[0] for key, name, holder in packed}
    serve.prepare_process(number, {**objects, **unpacked}, stacks)
    del objects, packed, unpacked
    serve.serve(address, number)


def wait_for(ready: Callable[[float], bool]) -> bool:
    """Wait until something is ready that other processes work for; return whether it is.

    `ready` waits for some seconds and says so. Where others are at work when they are over, as on a
    slow machine, it is asked once more.
    """
    return ready(PATIENCE) or (not states.are_asleep() and ready(2 * PATIENCE))


def code_of(process: Any) -> int | None:
    """Wait for a process; return its exit code, None if it does not end.

    Starting a process reaps others that have ended, in any thread. Who waits for one of these is
    told for a moment that it has no exit code, and asks again.
    """

    def has_ended(seconds: float) -> bool:
        until = time.monotonic() + seconds
        while process.exitcode is None and time.monotonic() < until:
            process.join(seconds)
        return process.exitcode is not None

    return int(process.exitcode) if wait_for(has_ended) else None


def end_of(process: Any) -> int | None:
    """Wait for a process; return its exit code, None if it does not end by itself and was ended."""
    code = code_of(process)
    if code is None:
        process.terminate()
        process.join(PATIENCE)
    return code


def join(number: int, seconds: float) -> int | None:
    """Wait for a child of this process; return its exit code, or None while it still runs."""
    process = _children[number]
    process.join(seconds)
    code = process.exitcode
    if code is not None:
        del _children[number]
    return None if code is None else int(code)

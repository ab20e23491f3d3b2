"""An actor's life: connect to the suite, do what it says one call at a time, leave.

Every operation of a check is one *call*: a function (named, or an object of the table) with
arguments. `operator.getitem(array, 3)`, `builtins.setattr(value, "value", 7)` and
`multiprocessing.sharedctypes.Value("i", 7)` need no code here; `calls` and `memory` add what the
standard library has no function for. The outcome goes back with the times at which the call began
and ended, on the monotonic clock that all processes of the machine share.

An actor is a thread of execution: the main thread of the creator or of a child, or one more thread
in any of them. All actors of a process share its object table.
"""

from __future__ import annotations

import builtins
import faulthandler
import importlib
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from . import type_names, wire
from .records import record

Address = str

_functions: dict[str, Callable[..., Any]] = {}
_objects: dict[int, Any] = {}
_connections: list[socket.socket] = []
_stacks: Any = None
_next_number = 0
_backend = ""
_numbering = threading.Lock()

# Numbers of objects are unique over all actors of a stage, so that an inherited object keeps its
# number in the child: each process counts from its own multiple of this.
NUMBERS_PER_PROCESS = 1 << 32


@record
class Hello(NamedTuple):
    """What an actor says first: its number, the system's numbers, and what it can do.

    `backend` is the file of the backend's module in this process, "" if it is not imported yet.
    """

    number: int
    pid: int
    thread: int
    dumps_stacks: bool
    backend: str = ""


def file_of_backend(name: str = "") -> str:
    """Return the file of the module under test in this process, by its real path.

    A child that finds another module under its name would test that one. With `name`, remember
    which module is under test.
    """
    global _backend
    _backend = name or _backend
    file = getattr(sys.modules.get(_backend), "__file__", None)
    return os.path.realpath(file) if file else ""


def new_number() -> int:
    """Return a number that no object has."""
    global _next_number
    with _numbering:
        _next_number += 1
        return _next_number


def number_of(obj: Any) -> int:
    """Put `obj` into the table and return its number."""
    number = new_number()
    _objects[number] = obj
    return number


def kind_of(obj: Any) -> str:
    """Return the dotted name of an object's class."""
    kind = type(obj)
    return f"{kind.__module__}.{kind.__qualname__}"


def resolve_name(dotted: str) -> Any:
    """Return what a dotted name stands for, importing as far as there are modules."""
    try:
        return _functions[dotted]
    except KeyError:
        pass
    parts = dotted.split(".")
    found: Any = None
    for split in range(len(parts), 0, -1):
        module = ".".join(parts[:split])
        try:
            found = importlib.import_module(module)
        except ModuleNotFoundError as problem:
            # `a.b.C` has no module `a.b.C`, which is no fault; that `a.b` misses an import is one.
            if problem.name is None or not (module + ".").startswith(problem.name + "."):
                raise
            continue
        for attribute in parts[split:]:
            found = getattr(found, attribute)
        break
    else:
        found = getattr(builtins, dotted)
    _functions[dotted] = found
    return found


def identify(obj: Any) -> tuple[str, int, str]:
    """Return the persistent id under which `obj` crosses to the suite."""
    return ("object", number_of(obj), kind_of(obj))


def resolve(pid: tuple[Any, ...]) -> Any:
    """Return what a persistent id from the suite stands for."""
    kind, key = pid[0], pid[1]
    if kind == "object":
        return _objects[key]
    if kind == "type":
        return getattr(type_names, key)
    return resolve_name(key)


def explain(raised: BaseException) -> tuple[list[str], str]:
    """Return the names of the classes of an exception, nearest first, and its text."""
    names = [f"{cls.__module__}.{cls.__qualname__}" for cls in type(raised).__mro__]
    try:
        text = str(raised)
    except Exception as problem:  # the text is evidence, never a reason to fail
        text = f"<no text: {type(problem).__name__}>"
    return names, text


def outcome_of(
    function: Callable[..., Any], args: tuple[Any, ...], keywords: dict[str, Any]
) -> tuple[str, Any, Any]:
    """Call a function; return ("returned", value, None) or ("raised", class names, text)."""
    try:
        return "returned", function(*args, **keywords), None
    except BaseException as raised:  # whatever it raises is the outcome
        return ("raised", *explain(raised))


def _carry_out(
    channel: wire.Channel,
    announce: bool,
    released: list[int],
    function: Any,
    args: tuple[Any, ...],
    keywords: dict[str, Any],
) -> tuple[int, int, tuple[Any, ...]]:
    for old in released:
        _objects.pop(old, None)
    if announce:
        channel.send(None)
    began = time.monotonic_ns()
    outcome = outcome_of(function, args, keywords)
    return began, time.monotonic_ns(), outcome


def serve(address: Address, number: int) -> None:
    """Connect to the suite as actor `number` and carry out its calls until it says goodbye."""
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.connect(address)
    _connections.append(sock)
    channel = wire.Channel(sock, identify, resolve)
    # Without the handler SIGUSR1 would end the process instead of dumping its stacks.
    dumps_stacks = hasattr(faulthandler, "register")
    channel.send(
        Hello(number, os.getpid(), threading.get_native_id(), dumps_stacks, file_of_backend())
    )
    try:
        while True:
            try:
                message = channel.receive()
            except wire.Closed:
                break
            except Exception as problem:
                # The suite named what is not there, or what cannot be imported here: its fault, and
                # not an outcome of the call.
                channel.send((0, 0, ("fault", repr(problem), "")))
                continue
            if message is None:
                break
            channel.send(_carry_out(channel, *message))
            del message
    except wire.Closed:
        # The suite is gone, in the middle of an answer; nobody is left to report to.
        pass
    finally:
        _connections.remove(sock)
        channel.close()


def start_thread(address: Address, number: int) -> None:
    """Start one more actor as a thread of this process.

    It has the name of the main thread: whose a lock is must not be a matter of names.
    """
    name = threading.main_thread().name
    threading.Thread(target=serve, args=(address, number), name=name, daemon=True).start()


def prepare_process(number: int, objects: dict[int, Any], stacks: str) -> None:
    """Make this process ready to serve as actor `number` with the inherited `objects`.

    A forked child begins with a copy of its parent's table and connections: the connections are
    closed, or the suite would not see the parent leave.
    """
    global _next_number
    for sock in _connections:
        sock.close()
    _connections.clear()
    _next_number = number * NUMBERS_PER_PROCESS
    _objects.update(objects)
    _watch_over_stacks(os.path.join(stacks, f"{os.getpid()}.txt"))


def _watch_over_stacks(path: str) -> None:
    """Have every thread's stack written to `path` on SIGUSR1 and on a fatal signal."""
    global _stacks
    _stacks = open(path, "w")  # noqa: SIM115 - faulthandler needs it as long as the process lives
    faulthandler.enable(_stacks)
    if hasattr(faulthandler, "register"):
        faulthandler.register(signal.SIGUSR1, _stacks, all_threads=True)

"""Settings of a process that its program chooses, and that a library leaves alone.

They are put in words, so that they can be compared with what they were before.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import hashlib
import importlib
import locale
import os
import random
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from .. import patience
from ..runtime.children import kill, start_child
from ..runtime.marks import long_running
from ..runtime.records import record
from ..system import prctl, process_states
from . import nondefault_settings

STATUS = 7

_forked = 0


def _note_a_fork() -> None:
    global _forked
    _forked += 1


# What is registered cannot be taken back, so it is registered once.
os.register_at_fork(before=_note_a_fork)


def _of_signals() -> Iterator[tuple[str, Any]]:
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    yield "the signals that are blocked", sorted(map(int, blocked))
    for number in signal.valid_signals():
        with contextlib.suppress(ValueError):
            yield f"the handler of signal {int(number)}", signal.getsignal(number)
    for name in nondefault_settings.TIMERS:
        left, every = signal.getitimer(getattr(signal, name))
        # The time that passes while it is looked at does not show: see `nondefault_settings.FAR`.
        yield f"the timer {name}", f"in {round(left, -4):.0f} s, every {every:.0f} s"
    # It can only be read by being set, and has to be there when it is set again.
    wakeup = signal.set_wakeup_fd(-1)
    yield "the wakeup descriptor of signals", wakeup
    with contextlib.suppress(ValueError, OSError):
        signal.set_wakeup_fd(wakeup, warn_on_full_buffer=False)


FILTERS = "the filters of warnings"
RANDOM = "the random sequence"
FORKS = "the number of times that functions of os.register_at_fork have run"


def _digest(text: str) -> str:
    """Return what tells a text from another one, and does not tell it."""
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()[:8]


def of_process(contexts: str) -> dict[str, str]:
    """Return every setting by its name; `contexts` is the module with the backend's contexts.

    To be called in the main thread.
    """
    mask = os.umask(0)
    os.umask(mask)
    # To ask for it is to set it to 0.
    stack_size = threading.stack_size()
    threading.stack_size(stack_size)
    settings: dict[str, Any] = {
        "whether the collector is on": gc.isenabled(),
        RANDOM: _digest(repr(random.getstate())),
        "the mask of new files": oct(mask),
        "the working directory": os.getcwd(),
        "the folder for temporary files": tempfile.gettempdir(),
        "the limit of recursion": sys.getrecursionlimit(),
        "the interval of switching threads": sys.getswitchinterval(),
        "the locale": locale.setlocale(locale.LC_ALL),
        "the time-out of sockets": socket.getdefaulttimeout(),
        "the size of threads' stacks": stack_size,
        "the tracing function": sys.gettrace(),
        "the profiling function": sys.getprofile(),
        "the hooks for uncaught exceptions": (
            sys.excepthook,
            threading.excepthook,
            sys.unraisablehook,
        ),
        FILTERS: warnings.filters,
        FORKS: _forked,
        "the niceness": os.getpriority(os.PRIO_PROCESS, 0),
        "the process group": os.getpgid(0),
        "the session": os.getsid(0),
        **dict(_of_signals()),
        **dict(prctl.settings()),
    }
    # Reports are published, and variables hold passwords.
    settings.update((f"the environment's {name}", _digest(os.environ[name])) for name in os.environ)
    for name in filter(lambda name: name.startswith("RLIMIT_"), dir(resource)):
        with contextlib.suppress(ValueError, OSError):
            settings[f"the limit {name}"] = resource.getrlimit(getattr(resource, name))
    if hasattr(os, "sched_getaffinity"):
        settings["the cores that it may run on"] = sorted(os.sched_getaffinity(0))
        settings["the scheduling policy"] = os.sched_getscheduler(0)
    if hasattr(gc, "get_threshold"):
        settings["the collector's thresholds"] = gc.get_threshold()
    modules = {
        module.__name__: module
        for module in map(importlib.import_module, ("multiprocessing", contexts))
    }
    for name in [name for name in modules if hasattr(modules[name], "active_children")]:
        settings[f"the number of active children of {name}"] = len(modules[name].active_children())
    for name in modules:
        # There is a public function that sets it, and none that returns it.
        with contextlib.suppress(ImportError, AttributeError):
            server = importlib.import_module(f"{name}.forkserver")._forkserver
            settings[f"what a forkserver of {name} preloads"] = server._preload_modules
    return {name: str(value) for name, value in settings.items()}


class _Unwilling(ctypes.Structure):
    _fields_ = (("number", ctypes.c_int),)

    def __init__(self, *_numbers: int) -> None:
        raise ValueError("it cannot be constructed")


_OF_VALUES: tuple[tuple[Any, ...], ...] = (
    ("i", 7),
    ("i", "no number"),
    ("i", 7, 7),
    (_Unwilling, 7),
    (object,),
)
_OF_ARRAYS: tuple[tuple[Any, ...], ...] = (
    ("i", 7),
    ("i", [1, 2, 3]),
    ("i", ["no number"]),
    ("i", -1),
    ("i", 2**62),
    ("c", "no bytes"),
    (_Unwilling, [(1,)]),
    (object, 7),
)


def _constructions(module: Any, of_values: str, of_arrays: str) -> Iterator[Callable[[], object]]:
    for maker, sorts in ((of_values, _OF_VALUES), (of_arrays, _OF_ARRAYS)):
        for args in sorts:
            yield partial(lambda maker, args: getattr(module, maker)(*args), maker, args)


def _raw_uses(module: Any) -> Iterator[Callable[[], object]]:
    """Yield constructions of objects without a lock, some of which are refused."""
    yield from _constructions(module, "RawValue", "RawArray")
    yield lambda: module.copy(module.RawValue("i", 7))
    # Larger ones may come from elsewhere.
    yield from (partial(module.RawArray, "b", 1 << bits) for bits in (14, 20, 24))


def _uses(module: Any) -> Iterator[Callable[[], object]]:
    """Yield constructions and accesses of each sort, some of which are refused."""
    yield from _raw_uses(module)
    yield from _constructions(module, "Value", "Array")
    yield lambda: module.Value("i", 7, lock=object())
    yield lambda: module.copy(module.Value("i", 7).get_obj())
    yield lambda: module.synchronized(module.RawValue("i", 7)).value
    yield lambda: setattr(module.Value("i", 7), "value", "no number")
    yield lambda: module.Array("i", 7)[:]
    yield lambda: module.Array("i", 7)[7]
    yield lambda: _acquire_and_release(module.Value("i", 7))
    yield lambda: _enter_and_leave(module.Array("i", 7))


def _acquire_and_release(wrapper: Any) -> None:
    wrapper.acquire()
    wrapper.release()


def _enter_and_leave(wrapper: Any) -> None:
    with wrapper:
        pass


def use(backend: str, raw_only: bool = False) -> list[str]:
    """Make objects of each sort, and have some refused; return the exceptions raised.

    With `raw_only` they are objects without a lock.
    """
    module = importlib.import_module(backend)
    raised = []
    for _ in range(3):
        for call in _raw_uses(module) if raw_only else _uses(module):
            try:
                call()
            except Exception as refusal:  # whether it is refused is said by other clauses
                raised.append(type(refusal).__name__)
    return raised


@long_running
def status_after(backend: str) -> int | None:
    """Return the exit status of a process of the program's own that ended before objects were made.

    It is `STATUS`, unless the backend has waited for it; None if it did not end in time.
    """
    command = [sys.executable, "-c", f"raise SystemExit({STATUS})"]
    own = subprocess.Popen(command)  # noqa: S603 - this interpreter
    if not _ends(own.pid):
        own.kill()
        own.wait()
        return None
    use(backend)
    return own.wait()


@record
class ExitCode(NamedTuple):
    """Whether a child ended by itself, and the exit code that its parent has of it."""

    ended: bool
    code: int | None


@long_running
def exit_code_after(backend: str) -> ExitCode:
    """Return the exit code of a child that ended before the object that it got was dropped.

    Others are created before the parent looks.
    """
    module = importlib.import_module(backend)
    objects = [module.RawArray("i", 3)]
    child = start_child(_exit_with_status, objects[0])
    if not _ends(child.pid):
        kill(child)
        return ExitCode(False, None)
    objects.clear()
    use(backend)
    child.join(patience.AT_ONCE)
    return ExitCode(True, child.exitcode)


def _exit_with_status(_: Any) -> None:
    raise SystemExit(STATUS)


def _ends(pid: int) -> bool:
    """Return whether a process ends; it is looked at, not waited for, as the backend might do."""
    until = time.monotonic() + patience.AT_ONCE
    while time.monotonic() < until:
        status = process_states.status_of(pid)
        # That of a fork server's child is gone when the fork server has waited for it.
        if status is None or status.state == "Z":
            return True
        time.sleep(0.005)
    return False

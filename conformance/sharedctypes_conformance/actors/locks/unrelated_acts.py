"""What a program does besides, while it holds a lock: nothing of it has to do with the lock.

Some locks are lost when something else is closed or ends: those of `fcntl` are when their process
closes any descriptor of their file, and a lock that goes by a number when another has the number.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import socket
import tempfile
from typing import Any

from .. import patience
from ..objects.recycled_memory import collect
from ..runtime import processes
from ..runtime.marks import long_running
from ..threads.helpers import in_a_thread


def _make_and_drop(module: Any) -> None:
    made = [module.Value("i", 7), module.Array("h", 300), module.RawArray("B", 5000)]
    made.append(module.synchronized(module.RawValue("d", 2.5), processes.new_lock("Lock")))
    for one in made:
        if hasattr(one, "get_lock"):
            with one:
                one.get_obj()
    one = None
    made.clear()
    collect()


def _have_some_refused(module: Any) -> None:
    for wrong in (("i", "no number"), ("i", 1, 2), (object,)):
        with contextlib.suppress(Exception):  # whether it is refused is said by other clauses
            module.Value(*wrong)


def _use_other_locks(module: Any) -> None:
    for lock in (module.Value("i").get_lock(), *map(processes.new_lock, ("Lock", "RLock"))):
        lock.acquire()
        lock.acquire(False)
        lock.release()


def _make_in_a_thread(module: Any) -> None:
    in_a_thread(lambda: _make_and_drop(module), within=patience.CONSTRUCTION)


def _use_files(_module: Any) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"x")
    for end in (*os.pipe(), os.dup(0)):
        os.close(end)
    for one in socket.socketpair():
        one.close()


def _fork(_module: Any) -> None:
    """Have a child that does nothing, past every context."""
    pid = os.fork()
    if not pid:
        os._exit(0)
    os.waitpid(pid, 0)


def _raise(module: Any) -> None:
    array = module.Array("i", 2)
    with contextlib.suppress(IndexError), array:
        array[7] = 1


ACTS = {
    "creating and dropping others": _make_and_drop,
    "having some refused": _have_some_refused,
    "using other locks": _use_other_locks,
    "creating others in a thread": _make_in_a_thread,
    "using files": _use_files,
    "os.fork()": _fork,
    "leaving a block of another by an exception": _raise,
}


@long_running
def carry_out(backend: str, act: str) -> None:
    """Carry one of `ACTS` out."""
    ACTS[act](importlib.import_module(backend))

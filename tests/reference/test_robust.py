"""A lock whose holder died: the next one is told, nobody waits for ever, and it can be repaired."""

from __future__ import annotations

import ctypes
import multiprocessing.sharedctypes
import sys
import threading
from typing import Any

import pytest

import sharedctypes_reference
from sharedctypes_reference.robust import HolderDied, RobustLock

from .targets import BOUND, killed_holder, receive, run, write_value

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs robust mutexes")


class Own(ctypes.c_int):
    """A type for the standard library, which changes how all instances of a type are sent."""


BACKENDS: list[Any] = [sharedctypes_reference, multiprocessing.sharedctypes]


def killed_while_it_waited(shared: Any, connection: Any) -> None:
    connection.send("waits")
    shared.acquire()


def kill_a_holder(ctx: Any, shared: Any) -> None:
    parent, child = ctx.Pipe()
    process = ctx.Process(target=killed_holder, args=(shared, child))
    process.start()
    assert receive(parent) == "held"
    assert shared.acquire(False) is False
    assert shared.acquire(timeout=0.01) is False
    process.kill()
    process.join(BOUND)


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_next_one_is_told_until_it_is_repaired(ctx: Any, backend: Any) -> None:
    lock = RobustLock()
    shared = backend.Value(Own, 1, lock=lock, ctx=ctx)
    kill_a_holder(ctx, shared)
    with pytest.raises(HolderDied):
        shared.value  # noqa: B018
    for again in (shared.acquire, lambda: shared.acquire(False), lock.__enter__):
        with pytest.raises(HolderDied):
            again()
    with pytest.raises(ZeroDivisionError), lock.repairing():
        raise ZeroDivisionError
    with pytest.raises(HolderDied):
        shared.acquire()
    with lock.repairing():
        shared.get_obj().value = 5
    with shared:
        assert shared.value == 5
    run(ctx, write_value, shared, 6)
    assert shared.value == 6


def test_a_child_is_told_too(ctx: Any) -> None:
    lock = RobustLock()
    shared = sharedctypes_reference.Value("i", 1, lock=lock, ctx=ctx)
    kill_a_holder(ctx, shared)
    parent, child = ctx.Pipe()
    run(ctx, tell, shared, child)
    assert receive(parent) == "HolderDied"


def tell(shared: Any, connection: Any) -> None:
    try:
        shared.value = 3
    except HolderDied as problem:
        connection.send(type(problem).__name__)


def test_who_is_killed_while_it_waits_leaves_nothing(ctx: Any) -> None:
    lock = RobustLock()
    parent, child = ctx.Pipe()
    with lock:
        process = ctx.Process(target=killed_while_it_waited, args=(lock, child))
        process.start()
        assert receive(parent) == "waits"
        process.kill()
        process.join(BOUND)
    with lock:
        pass


def test_it_is_recursive_and_belongs_to_a_thread() -> None:
    lock = RobustLock()
    got: list[Any] = []

    def work() -> None:
        got.append(lock.acquire(False))
        with pytest.raises(AssertionError):
            lock.release()
        got.append("refused")

    with lock, lock:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join(BOUND)
    assert got == [False, "refused"]
    with pytest.raises(AssertionError):
        lock.release()


def test_a_thread_that_ends_with_it_counts_as_dead() -> None:
    lock = RobustLock()
    thread = threading.Thread(target=lock.acquire)
    thread.start()
    thread.join(BOUND)
    with pytest.raises(HolderDied):
        lock.acquire(timeout=BOUND)

"""Default locks: what `multiprocessing` makes, wherever their semaphores are."""

from __future__ import annotations

import contextlib
import copy
import gc
import multiprocessing
import os
import pickle
import sys
from multiprocessing import synchronize
from typing import Any

import pytest

from .backend import MODULE, backend
from .targets import finish, receive, run

ours = pytest.mark.skipif(MODULE != "sharedctypes_reference", reason="looks inside")


def count_up(shared: Any, lock: Any, times: int) -> None:
    for _ in range(times):
        with lock, shared:
            shared.value += 1


def try_to_acquire(lock: Any, connection: Any) -> None:
    connection.send(lock.acquire(False))


def test_a_default_lock_is_an_rlock(ctx: Any) -> None:
    for wrapper in (backend.Value("i", ctx=ctx), backend.Array("i", 2, ctx=ctx)):
        lock = wrapper.get_lock()
        assert type(lock) is synchronize.RLock
        assert repr(lock) == "<RLock(None, 0)>"
        with wrapper, contextlib.ExitStack() as stack:
            assert stack.enter_context(wrapper) is True
            assert repr(lock) == "<RLock(MainProcess, 2)>"
        assert lock.acquire(False)
        lock.release()
        with pytest.raises(AssertionError):
            lock.release()


def test_a_lock_may_be_passed_with_and_without_its_object(ctx: Any) -> None:
    shared, other = backend.Value("i", 0, ctx=ctx), backend.Value("i", ctx=ctx)
    children = [
        ctx.Process(target=count_up, args=(shared, other.get_lock(), 300)) for _ in range(2)
    ]
    for child in children:
        child.start()
    count_up(shared, other.get_lock(), 300)
    for child in children:
        finish(child)
    assert shared.value == 900


def test_a_lock_that_is_held_here_is_not_held_by_a_child(ctx: Any) -> None:
    shared = backend.Value("i", ctx=ctx)
    parent, child = ctx.Pipe()
    with shared:
        run(ctx, try_to_acquire, shared, child)
        assert receive(parent) is False
    run(ctx, try_to_acquire, shared.get_lock(), child)
    assert receive(parent) is True


def test_a_lock_is_passed_to_children_only() -> None:
    lock = backend.Value("i").get_lock()
    for send in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(RuntimeError):
            send(lock)


def test_a_method_of_a_lock_keeps_it() -> None:
    acquire, release = backend.Value("i").acquire, None
    gc.collect()
    others = [backend.Value("q", -1) for _ in range(200)]
    assert acquire()
    release = acquire.__self__.release
    release()
    assert {other.value for other in others} == {-1}
    assert all(other.acquire(False) for other in others)


def test_a_context_with_locks_of_its_own_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    class Context:
        def RLock(self) -> Any:
            return made

    made = multiprocessing.Lock()
    assert backend.Value("i", ctx=Context()).get_lock() is made
    monkeypatch.setattr(multiprocessing, "RLock", lambda: made)
    assert backend.Value("i").get_lock() is made


@ours
@pytest.mark.skipif(sys.platform != "linux", reason="mappings are listed by Linux")
@pytest.mark.skipif(sys.implementation.name != "cpython", reason="done for CPython only")
def test_locks_take_no_mapping_and_no_name_each() -> None:
    from sharedctypes_reference import _locks

    if not _locks._shared:
        pytest.skip("another C library")

    def mappings() -> int:
        with open("/proc/self/maps") as file:
            return len(file.readlines())

    many = [backend.Value("i") for _ in range(10)]
    before, names = mappings(), set(os.listdir("/dev/shm"))
    many += [backend.Value("i") for _ in range(1000)]
    assert mappings() < before + 100
    mine = {name for name in set(os.listdir("/dev/shm")) - names if name.startswith("sem.mp-")}
    assert len(mine) < 100  # of others


@ours
def test_elsewhere_the_context_makes_the_lock(ctx: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from sharedctypes_reference import _locks

    monkeypatch.setattr(_locks, "_shared", False)
    shared = backend.Value("i", 0, ctx=ctx)
    assert type(shared.get_lock()) is synchronize.RLock
    run(ctx, count_up, shared, shared.get_lock(), 2)
    assert shared.value == 2


@ours
@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_a_lock_for_forked_processes_is_not_passed_to_others(method: str) -> None:
    # Before Python 3.11.5 such a lock passes its address, and the child is killed.
    lock = multiprocessing.get_context("fork").RLock()
    shared = backend.Value("i", 1, lock=lock)
    ctx: Any = multiprocessing.get_context(method)
    process = ctx.Process(target=receive, args=(shared,))
    with pytest.raises(RuntimeError, match="fork"):
        process.start()

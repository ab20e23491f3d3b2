"""Blocks: disjoint, aligned, zeroed, freed, and backed by pages that exist."""

from __future__ import annotations

import ctypes
import gc
import itertools
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .backend import MODULE, backend
from .targets import allocate_and_fill, finish, receive, run, write_numbers

ours = pytest.mark.skipif(MODULE != "sharedctypes_reference", reason="looks inside")


def spans(objects: list[Any]) -> list[tuple[int, int]]:
    starts = [ctypes.addressof(each) for each in objects]
    return sorted(
        (start, start + max(ctypes.sizeof(each), 1))
        for start, each in zip(starts, objects, strict=True)
    )


def assert_apart(objects: list[Any]) -> None:
    found = spans(objects)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(found))


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("allocate"), st.integers(0, 5000)),
        st.tuples(st.just("release"), st.integers(0, 1000)),
    ),
    max_size=80,
)


@settings(deadline=None)
@given(STEPS)
def test_live_objects_are_apart_zeroed_and_undisturbed(steps: list[tuple[str, int]]) -> None:
    live: list[tuple[Any, bytes]] = []
    for number, (step, argument) in enumerate(steps):
        if step == "allocate":
            array = backend.RawArray("B", argument)
            assert bytes(array) == bytes(argument)
            image = bytes([number % 255 + 1]) * argument
            ctypes.memmove(array, image, argument)
            live.append((array, image))
        elif live:
            live.pop(argument % len(live))
        array = None
    assert_apart([array for array, _ in live])
    assert all(bytes(array) == image for array, image in live)


@ours
@pytest.mark.parametrize("size", [2**16, 2**16 + 1, 10**6, 3 * 2**20 + 5, 8 * 2**20 - 1])
def test_a_block_may_be_larger_than_the_next_arena(size: int) -> None:
    from sharedctypes_reference._heap import Heap

    heap = Heap()
    small, large = heap.allocate(1, 1), heap.allocate(size, 1)
    start = large.offset
    assert large.arena.memory[start : start + size] == bytes(size)
    assert large.arena is not small.arena


@pytest.mark.parametrize("type_", [ctypes.c_char, ctypes.c_double, ctypes.c_longdouble])
def test_objects_are_aligned_for_their_type(type_: Any) -> None:
    small = [backend.RawValue("b") for _ in range(3)]
    objects = [backend.RawValue(type_) for _ in range(20)]
    assert {ctypes.addressof(each) % ctypes.alignment(type_) for each in objects} == {0}
    del small


def test_threads_never_get_one_block() -> None:
    found: list[list[Any]] = [[] for _ in range(6)]

    def work(mine: list[Any], first: int) -> None:
        for number in range(first, first + 300):
            mine.append(backend.RawValue("q", number))
            backend.RawValue("q", -1)

    threads = [
        threading.Thread(target=work, args=(mine, 1000 * number))
        for number, mine in enumerate(found)
    ]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert_apart([each for mine in found for each in mine])
    for number, mine in enumerate(found):
        assert [each.value for each in mine] == list(range(1000 * number, 1000 * number + 300))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_forked_child_never_hands_out_what_the_parent_hands_out() -> None:
    ctx = multiprocessing.get_context("fork")
    before = [backend.RawValue("q", 5) for _ in range(200)]
    dropped = [backend.RawValue("q", 5) for _ in range(200)]
    del dropped  # free space that the child inherits
    gc.collect()
    parent, child = ctx.Pipe()
    process = ctx.Process(target=allocate_and_fill, args=(MODULE, before, child))
    process.start()
    after = [backend.RawValue("q", 6) for _ in range(2000)]
    receive(parent)
    assert {each.value for each in before} == {5}
    assert {each.value for each in after} == {6}
    for each in after:
        each.value = 7
    parent.send("check")
    finish(process)


def test_many_objects_go_to_one_child(ctx: Any) -> None:
    objects = [backend.RawValue("i", number) for number in range(2000)]
    run(ctx, write_numbers, objects)
    assert [each.value for each in objects] == [-number for number in range(2000)]


def test_allocating_and_releasing_in_the_middle_of_an_allocation() -> None:
    """What a signal handler or a finalizer may do at any moment is done at every moment."""
    kept = [backend.RawValue("i", 1) for _ in range(20)]
    inside: list[Any] = []
    busy = False

    def intrude(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal busy
        if not busy:
            busy = True
            try:
                inside.append(backend.RawValue("i", 2))
                if kept:
                    kept.pop()
            finally:
                busy = False

    sys.setprofile(intrude)
    try:
        outside = [backend.RawValue("i", 3) for _ in range(10)]
    finally:
        sys.setprofile(None)
    assert len(inside) > 20
    assert_apart(inside + outside + kept)
    assert {each.value for each in inside} == {2}
    assert {each.value for each in outside} == {3}


@ours
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads block counts of Linux")
@pytest.mark.parametrize("memfd", [True, False])
def test_the_pages_of_an_arena_exist(memfd: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    from sharedctypes_reference._arena import Arena

    if not memfd:
        monkeypatch.delattr(os, "memfd_create", raising=False)
    arena = Arena(1 << 20)
    status = os.fstat(arena.descriptor)
    assert status.st_nlink == 0 or memfd
    assert status.st_blocks * 512 >= 1 << 20
    assert not os.get_inheritable(arena.descriptor)


@ours
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads block counts of Linux")
def test_the_pages_of_a_large_arena_come_when_they_are_touched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from sharedctypes_reference import _pages
    from sharedctypes_reference._arena import Arena

    arena = Arena(100 << 20)
    missing = _pages._missing(arena)
    assert missing in (0, 100 << 20)  # all, unless this machine promises no more than it has
    arena.memory[:4096] = b"1" * 4096
    assert _pages._missing(arena) <= missing
    assert arena.memory[4096:8192] == bytes(4096)
    # What others were promised is not there for this one.
    monkeypatch.setattr(_pages, "_available", lambda _: missing + (80 << 20))
    with pytest.raises(MemoryError):
        Arena(100 << 20)
    del arena
    gc.collect()
    Arena(60 << 20)


@ours
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads block counts of Linux")
@pytest.mark.parametrize("strict", [True, False])
def test_no_page_waits_where_memory_or_a_file_system_can_be_full(
    strict: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sharedctypes_reference import _pages
    from sharedctypes_reference._arena import Arena

    if strict:
        monkeypatch.setattr(_pages, "may_wait", lambda _: False)
    else:
        monkeypatch.delattr(os, "memfd_create", raising=False)
    assert os.fstat(Arena(40 << 20).descriptor).st_blocks * 512 >= 40 << 20


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="needs prompt finalizers")
def test_small_objects_give_back_their_memory_to_others_of_all_sizes() -> None:
    before: set[int] = set()
    for size in (1, 100, 1000, 5000):
        many = [backend.RawArray("b", size) for _ in range((1 << 19) // max(size, 16))]
        addresses = {ctypes.addressof(each) >> 16 for each in many}
        many.clear()
        assert addresses & before or not before
        before = addresses


@ours
def test_pages_are_written_where_the_system_cannot_reserve_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from sharedctypes_reference._arena import Arena

    monkeypatch.delattr(os, "posix_fallocate", raising=False)
    arena = Arena(3 << 20)
    assert os.fstat(arena.descriptor).st_blocks * 512 >= 3 << 20


@ours
def test_a_refusing_file_system_raises_and_leaks_no_descriptor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    from sharedctypes_reference._arena import Arena

    probe = os.dup(0)
    os.close(probe)
    monkeypatch.setattr(os, "posix_fallocate", refuse, raising=False)
    with pytest.raises(OSError, match="No space"):
        Arena(1 << 20)
    again = os.dup(0)
    os.close(again)
    assert again == probe


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="needs prompt finalizers")
@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="counts descriptors")
def test_memory_and_descriptors_come_back() -> None:
    first = backend.RawArray("b", 20 << 20)
    del first
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(20):
        big = backend.RawArray("b", 20 << 20)
        small = [backend.RawArray("b", 100 * size) for size in range(100)]
        del big, small
    assert len(os.listdir("/proc/self/fd")) <= before + 8


class _Interrupt(Exception):
    pass


def _interrupted_at(step: int, work: Callable[[], object]) -> bool:
    """Interrupt work where a function of the backend begins; tell whether so many do.

    There the interpreter looks for signals.
    """
    left = step

    def trace(frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal left
        if Path(frame.f_code.co_filename).parent == Path(backend.__file__).parent:
            left -= 1
            if not left:
                raise _Interrupt

    previous = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    except _Interrupt:
        pass
    finally:
        sys.settrace(previous)
    return left <= 0


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="needs prompt finalizers")
@pytest.mark.parametrize("size", [1, 1 << 23])
def test_an_interrupted_construction_prints_nothing(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was made so far is dropped, and its finalizers find out how far that was."""
    complaints = []

    def hook(ignored: Any) -> None:
        if not isinstance(ignored.exc_value, _Interrupt):
            complaints.append(repr(ignored.exc_value))

    monkeypatch.setattr(sys, "unraisablehook", hook)
    step = 1
    while _interrupted_at(step, lambda: backend.RawArray("b", size)):
        step += 1
    assert step > 5
    assert complaints == []

"""Objects live as long as anybody in any process uses them, and no longer."""

from __future__ import annotations

import ctypes
import gc
import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .backend import MODULE, backend
from .targets import (
    BOUND,
    Point,
    class_name,
    close_all_and_hold,
    finish,
    hand_on,
    hold,
    killed_holder,
    receive,
    relay,
    run,
    write_items,
    write_value,
)


def collect() -> None:
    for _ in range(4):  # PyPy needs one round per level of references
        gc.collect()


def churn() -> list[Any]:
    return [backend.RawValue("i", 77) for _ in range(3000)]


def test_child_gets_a_value_that_only_its_arguments_refer_to(ctx: Any) -> None:
    parent, child = ctx.Pipe()
    process = ctx.Process(target=hold, args=(backend.Value("i", 5, ctx=ctx), 6, child))
    process.start()
    child.close()  # so that a child that ends without a word is noticed at once
    collect()
    assert receive(parent) == "ready"
    parent.send("write")
    assert receive(parent) == "written"
    parent.send("read")
    assert receive(parent) == 6
    finish(process)


def test_two_children_never_get_one_block(ctx: Any) -> None:
    started = []
    for value in (1, 2):
        parent, child = ctx.Pipe()
        process = ctx.Process(target=hold, args=(backend.RawValue("i"), value, child))
        process.start()
        collect()
        started.append((process, parent))
    for message in ("write", "read"):
        for _, parent in started:
            receive(parent)
            parent.send(message)
    assert [receive(parent) for _, parent in started] == [1, 2]
    for process, _ in started:
        finish(process)


def test_block_of_a_living_child_is_not_given_to_others(ctx: Any) -> None:
    parent, child = ctx.Pipe()
    process = ctx.Process(target=hold, args=(backend.RawValue("i"), 1234, child))
    process.start()
    collect()
    others = churn()
    receive(parent)
    parent.send("write")
    receive(parent)
    assert {other.value for other in others} == {77}
    parent.send("read")
    assert receive(parent) == 1234
    finish(process)


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="needs prompt finalizers")
def test_block_of_a_dead_child_comes_back(ctx: Any) -> None:
    shared = backend.RawValue("i")
    address = ctypes.addressof(shared)
    parent, child = ctx.Pipe()
    process = ctx.Process(target=hold, args=(shared, 1, child))
    process.start()
    del shared
    for message in ("write", "read"):
        receive(parent)
        parent.send(message)
    receive(parent)
    finish(process)
    del process
    run(ctx, write_value, backend.RawValue("i"), 1)  # the next start notices what has ended
    collect()
    assert address in {ctypes.addressof(other) for other in churn()}


@pytest.mark.skipif(MODULE != "sharedctypes_reference", reason="looks into the reference")
@pytest.mark.skipif(sys.implementation.name != "cpython", reason="needs prompt finalizers")
def test_what_waits_for_a_living_child_is_not_looked_at_by_each_allocation(
    ctx: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sharedctypes_reference._heap import Heap, heap

    parent, child = ctx.Pipe()
    shared = [backend.RawValue("i") for _ in range(200)]
    process = ctx.Process(target=hold, args=(shared[0], 1, child))
    process.start()
    receive(parent)
    shared.clear()
    heap.collect()
    assert heap._waiting
    settled = []
    monkeypatch.setattr(Heap, "_settle", lambda *args: settled.append(args))
    others = [backend.RawValue("i") for _ in range(50)]
    assert settled == []
    monkeypatch.undo()
    del others
    for message in ("write", "read"):
        parent.send(message)
        receive(parent)
    finish(process)
    del process
    run(ctx, write_value, backend.RawValue("i"), 1)  # the next start notices what has ended
    heap.collect()
    assert not heap._waiting


def test_grandchild_uses_what_the_child_hands_on(ctx: Any) -> None:
    shared = backend.Value("i", 1, ctx=ctx)
    raw = backend.RawArray("i", 2)
    run(ctx, relay, ctx.get_start_method(), write_value, shared, 8)
    run(ctx, relay, ctx.get_start_method(), write_items, raw, 9)
    assert (shared.value, raw[0]) == (8, 9)


def use_by_other(process: Any, parent: Any) -> None:
    """Make others while a process holds its object, and see that neither meets the other."""
    collect()
    others = churn()
    parent.send("write")
    assert receive(parent) == "written"
    assert {other.value for other in others} == {77}
    parent.send("read")
    assert receive(parent) == 1234
    finish(process)


# A forked process cannot use the forkserver of its parent: multiprocessing takes it for its own.
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_grandchild_keeps_what_a_killed_child_handed_on(ctx: Any, method: str) -> None:
    parent, child = ctx.Pipe()
    process = ctx.Process(target=hand_on, args=(method, backend.RawValue("i"), 1234, child))
    process.start()
    assert receive(parent) == "ready"
    process.terminate()
    until = time.monotonic() + BOUND
    while process.is_alive():  # `join` with a bound waits for a forked child of it as well
        assert time.monotonic() < until
        time.sleep(0.01)
    process = ctx.Process(target=len, args=("another start notices what has ended",))
    process.start()
    use_by_other(process, parent)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_child_that_closes_everything_keeps_its_object(ctx: Any, tmp_path: Path) -> None:
    parent, child = ctx.Pipe()
    path = str(tmp_path / "file")
    process = ctx.Process(
        target=close_all_and_hold, args=(backend.RawValue("i"), 1234, child, path)
    )
    process.start()
    assert receive(parent) == "ready"
    use_by_other(process, parent)


@pytest.mark.skipif(sys.platform != "linux", reason="descriptors are listed by Linux")
def test_children_that_have_ended_cost_no_descriptors(ctx: Any) -> None:
    shared = backend.RawValue("i")
    counts = []
    for _ in range(10):
        run(ctx, write_value, shared, 1)
        counts.append(len(os.listdir("/proc/self/fd")))
    # Those of other tests may go or come meanwhile, but not eight of them.
    assert counts[-1] < counts[1] + 8


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_child_started_at_the_very_end_of_the_program(method: str, tmp_path: Any) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        textwrap.dedent(f"""
        import multiprocessing, {MODULE} as backend
        def target(shared):
            print("got", shared.value, flush=True)
        if __name__ == "__main__":
            ctx = multiprocessing.get_context({method!r})
            ctx.Process(target=target, args=(backend.Value("i", 5, ctx=ctx),)).start()
        """)
    )
    done = subprocess.run(
        [sys.executable, str(program)],
        capture_output=True,
        text=True,
        timeout=BOUND,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "got 5\n", "")


def test_killed_holder_is_found_out_by_a_bounded_acquire(ctx: Any) -> None:
    shared = backend.Value("i", 1, ctx=ctx)
    parent, child = ctx.Pipe()
    process = ctx.Process(target=killed_holder, args=(shared, child))
    process.start()
    assert receive(parent) == "held"
    process.kill()
    process.join(BOUND)
    assert shared.acquire(timeout=0.01) is False
    assert shared.get_obj().value == 1


def alias(array: Any) -> Any:
    return (ctypes.c_double * 2).from_buffer(array)


blind_on_pypy = pytest.mark.xfail(
    sys.implementation.name == "pypy",
    reason="a memoryview refers to PyPy's own buffer, and that to nothing",
    strict=False,  # whether the bytes have been given away yet is a matter of chance
)


@pytest.mark.parametrize(
    "view",
    [
        pytest.param(memoryview, marks=blind_on_pypy),
        pytest.param(alias, marks=blind_on_pypy),
        lambda array: array[0],
        lambda array: ctypes.pointer(array),
        lambda array: ctypes.cast(array, ctypes.POINTER(ctypes.c_double)),
        lambda array: backend.synchronized(array[0]),
    ],
    ids=["memoryview", "from_buffer", "element", "pointer", "cast", "wrapped element"],
)
def test_a_view_keeps_the_memory(view: Callable[[Any], Any]) -> None:
    array = backend.RawArray(Point, [(1.5, 2.5)])
    address = ctypes.addressof(array)
    kept = view(array)
    del array
    collect()
    others = [backend.RawArray(Point, [(9, 9)]) for _ in range(200)]
    assert address not in {ctypes.addressof(other) for other in others}
    assert ctypes.string_at(address, 16) == bytes(Point(1.5, 2.5))
    del kept


def test_an_object_brought_back_to_life_keeps_its_memory() -> None:
    saved: list[Any] = []

    class Phoenix:
        def __init__(self) -> None:
            self.me = self
            self.shared = backend.RawValue("i", 5)

        def __del__(self) -> None:
            saved.append(self)

    Phoenix()
    collect()
    others = churn()
    assert saved[0].shared.value == 5
    assert ctypes.addressof(saved[0].shared) not in {ctypes.addressof(each) for each in others}
    saved[0].me = None


def test_garbage_twice_keeps_its_memory_until_the_end() -> None:
    """What was brought back to life is garbage again, beside something that writes to it."""
    seen: list[int] = []
    saved: list[Any] = []

    class Phoenix:
        def __init__(self) -> None:
            self.me = self
            self.shared = backend.RawValue("i", 5)

        def __del__(self) -> None:
            saved.append(self)

    class Writer:
        phoenix: Phoenix

        def __del__(self) -> None:
            others = churn()
            self.phoenix.shared.value = 6
            seen.extend(other.value for other in others if other.value != 77)

    Phoenix()
    collect()
    writer = Writer()
    writer.phoenix = saved.pop()
    writer.phoenix.writer = writer  # type: ignore[attr-defined]
    del writer
    collect()
    assert seen == []


def test_array_class_with_a_name_is_passed_as_itself(ctx: Any) -> None:
    from .targets import Vector

    parent, child = ctx.Pipe()
    shared = backend.RawValue(Vector, 1, 2, 3)
    run(ctx, class_name, shared, child)
    assert receive(parent) == ("Vector", 3)

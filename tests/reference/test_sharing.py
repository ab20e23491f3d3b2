"""What can be passed to other processes, what cannot, and what sharing leaves unchanged."""

from __future__ import annotations

import copy
import ctypes
import gc
import multiprocessing
import multiprocessing.sharedctypes
import pickle
import subprocess
import sys
from multiprocessing.reduction import ForkingPickler
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .backend import MODULE, backend
from .targets import (
    BOUND,
    WITH_WAYS_OF_THEIR_OWN,
    Board,
    CopyRegistered,
    Initialised,
    Padded,
    PicklerRegistered,
    Point,
    Reduced,
    ReducedEx,
    identities,
    plain_value,
    receive,
    run,
    write_cell,
    write_field,
    write_items,
    write_value,
)

TYPES = st.recursive(
    st.sampled_from([ctypes.c_int, ctypes.c_char, ctypes.c_double, Point, Padded]),
    lambda inner: st.builds(lambda type_, n: type_ * n, inner, st.integers(0, 3)),
    max_leaves=3,
)


def test_arrays_of_arrays_cross(ctx: Any) -> None:
    plain = backend.RawArray(ctypes.c_int * 3, 2)
    wrapped = backend.Array(ctypes.c_int * 3, 2, ctx=ctx)
    board = backend.RawValue(Board)
    run(ctx, write_cell, plain, 5)
    run(ctx, write_cell, wrapped, 6)
    run(ctx, write_cell_of_board, board, 7)
    assert (plain[1][2], wrapped[1][2], board.cells[1][2]) == (5, 6, 7)


def write_cell_of_board(board: Any, value: int) -> None:
    write_cell(board.cells, value)


def test_a_wrapped_part_is_passed_as_a_part(ctx: Any) -> None:
    points = backend.RawArray(Point, [(1, 2), (3, 4)])
    run(ctx, write_field, backend.synchronized(points[1], ctx=ctx), 9.5)
    assert [(p.x, p.y) for p in points] == [(1, 2), (9.5, 4)]


def test_a_part_is_passed_as_a_part(ctx: Any) -> None:
    points = backend.RawArray(Point, [(1, 2), (3, 4)])
    board = backend.RawValue(Board)
    run(ctx, write_field, points[1], 9.5)
    run(ctx, write_cell, board.cells, 7)
    assert [(p.x, p.y) for p in points] == [(1, 2), (9.5, 4)]
    assert board.cells[1][2] == 7


class Sent(ctypes.Structure):
    """A type that no other test shares an object of: the standard library remembers them."""

    _fields_ = [("x", ctypes.c_double), ("y", ctypes.c_double)]


def test_a_part_is_sent_by_value() -> None:
    pairs = backend.RawArray(Sent, [(1, 2), (3, 4)])
    came = pickle.loads(ForkingPickler.dumps(pairs[1]))
    came.x = 9.5
    assert (came.y, pairs[1].x) == (4, 3)


def test_identities_survive(ctx: Any) -> None:
    first = backend.Value("i", 1, ctx=ctx)
    other = backend.Array("i", 1, lock=first.get_lock(), ctx=ctx)
    parent, child = ctx.Pipe()
    run(ctx, identities, first, first, other, first.get_obj(), child)
    assert receive(parent) == (True, True, True)


def test_ordinary_instances_can_be_sent_as_before(ctx: Any) -> None:
    shared = [backend.Value("i", 1, ctx=ctx), backend.RawValue(Point)]
    parent, child = ctx.Pipe()
    run(ctx, plain_value, ctypes.c_int(5), child)
    assert receive(parent) == 5
    child.send(Point(1, 2))
    assert receive(parent).y == 2
    for plain in (ctypes.c_int(5), Point(1, 2)):
        assert bytes(pickle.loads(pickle.dumps(plain))) == bytes(plain)
        assert bytes(copy.copy(plain)) == bytes(plain)
    del shared


@given(TYPES)
def test_no_registry_learns_of_a_type(type_: Any) -> None:
    before = dict(ForkingPickler._extra_reducers)  # type: ignore[attr-defined]
    shared = backend.RawValue(type_)
    assert ForkingPickler._extra_reducers == before  # type: ignore[attr-defined]
    assert type(shared) is type_


def test_nothing_grows_with_types_that_are_gone() -> None:
    def make() -> None:
        type_ = type("Passing", (ctypes.Structure,), {"_fields_": [("x", ctypes.c_int)]})
        backend.Value(type_, 1).x = 2

    def alive() -> int:
        gc.collect()
        gc.collect()
        return sum(1 for each in ctypes.Structure.__subclasses__() if each.__name__ == "Passing")

    make()
    before = alive()
    for _ in range(30):
        make()
    assert alive() <= before + 2


PROGRAM = """
import ctypes, multiprocessing, multiprocessing.sharedctypes, sys
sys.path[:0] = {path!r}
import {module} as backend

def target(raw, array, wrapped):
    raw.value, array[0], wrapped.value = 2, 3, 4

def pass_on(*shared):
    process = multiprocessing.get_context("spawn").Process(target=target, args=shared)
    process.start()
    process.join()
    sys.exit(process.exitcode)

if __name__ == "__main__":
    ctx = multiprocessing.get_context("spawn")
    theirs = ctx.Value("i", 1), ctx.RawArray("i", 3)
    shared = backend.RawValue("i"), backend.RawArray("i", 3), backend.Value("i", ctx=ctx)
    process = ctx.Process(target=pass_on, args=shared)
    process.start()
    process.join()
    print(process.exitcode, shared[0].value, shared[1][0], shared[2].value)
"""


def test_objects_cross_where_the_standard_library_shares_the_same_types(tmp_path: Any) -> None:
    """It registers a reducer for every type, which then gets our objects too."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM.format(path=sys.path, module=MODULE))
    done = subprocess.run(
        [sys.executable, str(program)], capture_output=True, text=True, timeout=BOUND, check=False
    )
    assert (done.stdout, done.stderr) == ("0 2 3 4\n", "")


def shift(objects: list[Any]) -> None:
    for raw, array, wrapper in objects:
        assert type(raw) is type(array[0]) is type(wrapper.get_obj())
        assert (raw.x, raw.y, wrapper.x, wrapper.y) == (1, 1, 2, 2)
        raw.x, array[0].y, wrapper.x = 3, 4, 5


def test_types_with_reducers_of_their_own_are_passed_to_processes(ctx: Any) -> None:
    """Whatever a program does to send instances as copies, or to make them, shared ones cross."""
    objects = []
    for type_ in WITH_WAYS_OF_THEIR_OWN:
        one, two = ((1,), (2,)) if type_ is Initialised else ((1, 1), (2, 2))
        raw, array = backend.RawValue(type_, *one), backend.RawArray(type_, 1)
        objects.append([raw, array, backend.Value(type_, *two, ctx=ctx)])
    run(ctx, shift, objects)
    assert [[raw.x, array[0].y, wrapper.x] for raw, array, wrapper in objects] == (
        [[3, 4, 5]] * len(WITH_WAYS_OF_THEIR_OWN)
    )


def test_ordinary_instances_are_pickled_by_the_reducers_of_their_types(spawning: Any) -> None:
    shared = [backend.RawValue(type_, 1, 1) for type_ in (CopyRegistered, Reduced)]
    parent, child = spawning.Pipe()
    run(spawning, tell, CopyRegistered(1, 2), Reduced(3, 4), child)
    assert receive(parent) == [1, 2, 3, 4]
    del shared


def tell(one: Any, other: Any, connection: Any) -> None:
    connection.send([one.x, one.y, other.x, other.y])


@pytest.mark.parametrize("type_", [CopyRegistered, PicklerRegistered, Reduced, ReducedEx])
def test_shared_objects_are_not_pickled_by_the_reducers_of_their_types(type_: Any) -> None:
    with pytest.raises(RuntimeError, match=type_.__name__):
        ForkingPickler.dumps(backend.RawValue(type_, 1, 1))


@pytest.mark.parametrize("dump", [pickle.dumps, ForkingPickler.dumps, copy.copy, copy.deepcopy])
def test_only_inheritance_shares(dump: Any) -> None:
    for shared in (
        backend.Value("i"),
        backend.Array("c", b"ab"),
        backend.Value(Point),
        backend.RawValue("i"),
        backend.RawArray("i", 2),
    ):
        with pytest.raises(RuntimeError, match=type(shared).__name__):
            dump(shared)


def test_a_type_without_a_name_is_refused_when_the_child_starts(spawning: Any) -> None:
    class Local(ctypes.Structure):
        _fields_ = [("x", ctypes.c_int)]

    shared = backend.Value(Local, 1, ctx=spawning)
    with pytest.raises((pickle.PicklingError, AttributeError), match="Local"):
        run(spawning, write_field, shared, 1)
    assert shared.x == 1


def test_raw_and_locked_objects_of_every_kind_cross(ctx: Any) -> None:
    number, text, items = (
        backend.Value("d", 1, ctx=ctx),
        backend.Array("c", 8, ctx=ctx),
        backend.RawArray("q", 0),
    )
    run(ctx, write_value, number, 2.5)
    run(ctx, write_value, text, b"hello")
    parent, child = ctx.Pipe()
    run(ctx, plain_value, backend.RawValue("i", 3), child)
    assert receive(parent) == 3
    run(ctx, write_items, backend.copy((ctypes.c_int * 2)(1, 2)), 4)
    run(ctx, len, items)
    assert (number.value, text.value) == (2.5, b"hello")


def test_pool_initializer(ctx: Any) -> None:
    shared = backend.Value("i", 0, ctx=ctx)
    pool = ctx.Pool(2, initializer=write_value, initargs=(shared, 3))
    assert pool.map(abs, [-1, -2]) == [1, 2]
    # Leaving a `with` block kills the workers, whichever of the pool's locks they have.
    pool.close()
    pool.join()
    assert shared.value == 3
    assert multiprocessing.active_children() == []

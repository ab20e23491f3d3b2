"""Area `copy`: what can be copied besides whole objects, and what a copy does not depend on."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from ...actors.objects import copy_sources, python_subclasses, recycled_memory
from ...actors.runtime import memory, parts
from ...actors.runtime import type_names as types
from ...actors.runtime.type_names import Shape, array, structure
from ...stage.actor import Actor, actor_of
from ...stage.descriptions import Description
from ...stage.handles import Handle, invoke
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies import objects
from ...strategies import type_names as shapes
from ...strategies.accesses import SAMPLES, Access
from ...strategies.filling import Filled, Path, filled, where
from ...strategies.tables import each_of
from ..kit.check import check
from ..kit.observe import expect, expect_is, expect_that
from ..kit.twins import bytes_of, play, same_as_twin

_PATTERNS = st.sampled_from([b"\1\2\3\4\5", b"\x7f", b"\xaa\x55\0"])


def _made(actor: Actor, drawn: Filled, shared: bool) -> Handle:
    """Return an object with the drawn contents, as far as the interpreter accepts them."""
    made: Handle = actor.RawValue(drawn.type) if shared else actor.call(drawn.type)
    play([Access(parts.assign_at, step) for step in drawn.assignments], made)
    return made


def _fill(obj: Handle, pattern: bytes) -> None:
    actor_of(obj).call(copy_sources.fill_with, obj, pattern)


def _expect_copy(copied: Handle, source: Handle, what: str) -> None:
    """Raise NotKept unless a copy has the class and the contents of its source."""
    same, got, wanted = actor_of(copied).call(copy_sources.compared, copied, source)
    expect_that(same, f"copy(obj) has the class of obj, {what},")
    expect(got, wanted, f"the contents of copy(obj), {what},")


def _expect_independent(copied: Handle, source: Handle, whole: Handle, what: str) -> None:
    """Raise NotKept if writing a copy changes the `whole` with its source in it, or vice versa."""
    for written, pattern, other, name in (
        (copied, b"\x11", whole, "obj when its copy"),
        (source, b"\x22", copied, "the copy when obj"),
    ):
        call = actor_of(written).call
        before, after = call(copy_sources.bytes_left_alone, written, pattern, other)
        expect(after.hex(), before.hex(), f"the bytes of {name} was written, {what},")


# Parts.


def _parts(shape: Shape) -> list[Path]:
    """Return the paths to all parts of an object that are ctypes objects themselves."""
    inner: list[tuple[Path, Shape]]
    if shape.kind == "array":
        inner = [((index,), shape.element) for index in range(shape.length)]
    else:
        # Reading a char array field returns bytes.
        inner = [
            ((name,), kind)
            for name, kind, _ in shape.all_fields()
            if kind.kind != "array" or kind.element.name not in ("c_char", "c_wchar")
        ]
    found: list[Path] = []
    for path, kind in inner:
        if kind.kind != "simple":
            found += [path, *((*path, *rest) for rest in _parts(kind))]
        elif kind.name != kind.base:
            found.append(path)
    return found


_WHOLES = filled(shapes.NESTED, shapes.WITH_ARRAYS, shapes.ARRAYS_OF_ARRAYS, shapes.ANONYMOUS)


@check("copy.takes-nested-objects", drawn=_WHOLES, number=st.integers(0, 30), shared=st.booleans())
def test_takes_nested_objects(stage: Stage, drawn: Filled, number: int, shared: bool) -> None:
    paths = _parts(types.read(drawn.type.name))
    if not paths:
        return
    path = paths[number % len(paths)]
    creator = stage.creator
    whole = _made(creator, drawn, shared)
    part = creator.call(parts.read_at, whole, path)
    copied = creator.copy(part)
    origin = "a shared" if shared else "an ordinary"
    what = f"obj being {where(path).replace('obj', 'whole', 1)} of {origin} {drawn.type}"
    _expect_copy(copied, part, what)
    _expect_independent(copied, part, whole, what)


# Strings.

_FIELD = CType(structure(("n", "c_short"), ("text", array(16, "c_char"))))
_WIDE_FIELD = CType(structure(("n", "c_short"), ("text", array(16, "c_wchar"))))
_STRINGS = ("RawArray c", "RawArray u", "ordinary", "field", "wide field")


@check(
    "copy.keeps-contents-after-nul",
    kind=each_of(_STRINGS),
    before=st.binary(max_size=5),
    after=st.binary(min_size=1, max_size=5).filter(any),
)
def test_keeps_contents_after_nul(stage: Stage, kind: str, before: bytes, after: bytes) -> None:
    creator = stage.creator
    text = before + b"\0" + after
    wide = text.decode("latin-1")
    if kind == "RawArray c":
        source = creator.RawArray("c", text)
    elif kind == "RawArray u":
        source = creator.RawArray("u", wide)
    elif kind == "ordinary":
        source = creator.call(memory.array_type, CType("c_char"), len(text))(*text)
    elif kind == "field":
        source = creator.RawValue(_FIELD)
        # As bytes: assigned to the field, all that follows the NUL would be cut off.
        _fill(source, b"\1\1" + text.ljust(16, b"\0"))
    else:
        source = creator.RawValue(_WIDE_FIELD)
        play([Access(parts.assign_at, (("text",), wide))], source)
    copied = creator.copy(source)
    what = f"the bytes of the copy of a {kind} with {text!r}"
    expect(bytes_of(copied).hex(), bytes_of(source).hex(), what)


# The source afterwards.


@check(
    "copy.outlives-its-source",
    drawn=filled(shapes.STRUCTURES, shapes.SIMPLE_TYPES),
    shared=st.booleans(),
)
def test_outlives_its_source(stage: Stage, drawn: Filled, shared: bool) -> None:
    creator = stage.creator
    source = _made(creator, drawn, shared)
    copied = creator.copy(source)
    size, wanted = creator.call("ctypes.sizeof", source), bytes_of(copied)
    del source
    creator.call(recycled_memory.collect)
    creator.call(recycled_memory.leave_recycled_memory, stage.backend_function("RawArray"), [size])
    what = f"the bytes of copy(obj) after obj, {drawn.type}, was dropped,"
    expect(bytes_of(copied).hex(), wanted.hex(), what)


_INHERITED = (
    *(one.raw for one in SAMPLES),
    *(Description("RawValue", CType(name)) for name in objects.STRUCTURES if name != objects.TEXT),
    *(Description("RawArray", CType(name), (2,)) for name in (objects.NESTED, objects.BITS)),
)


@check(
    "copy.works-in-a-child",
    descriptions=st.lists(st.sampled_from(_INHERITED), min_size=3, max_size=3),
    pattern=_PATTERNS,
)
def test_works_in_a_child(stage: Stage, descriptions: list[Description], pattern: bytes) -> None:
    for description in descriptions:
        shared = stage.pool.take(description, _INHERITED)
        _fill(shared.raw, pattern)
        copied = actor_of(shared.child).copy(shared.child)
        what = f"in a child that inherited {description}"
        _expect_copy(copied, shared.child, what)
        _expect_independent(copied, shared.child, shared.child, what)


# Wrappers and locks.


@check(
    "copy.can-be-wrapped",
    drawn=each_of([(one, access) for one, all_ in SAMPLES.items() for access in all_]),
    origin=st.sampled_from(["raw", "behind a wrapper"]),
)
def test_can_be_wrapped(stage: Stage, drawn: tuple[Description, Access], origin: str) -> None:
    description, access = drawn
    creator = stage.creator
    owner = (description.raw if origin == "raw" else description).create(creator)
    source = owner if origin == "raw" else owner.get_obj()
    copied = creator.copy(source)
    wrapper = creator.synchronized(copied)
    what = f"synchronized(copy(obj)), obj being {description.raw}, {origin}"
    expect_is(wrapper.get_obj(), copied, f"get_obj() of {what} is the copy")
    before = bytes_of(source)
    same_as_twin([access], wrapper, copied, what)
    expect(bytes_of(source).hex(), before.hex(), f"the bytes of obj after {access.on(what)}")


@check(
    "copy.acquires-no-lock",
    description=st.sampled_from([one for one in SAMPLES if one.maker == "Value"]),
)
def test_acquires_no_lock(stage: Stage, description: Description) -> None:
    shared = stage.pool.take(description, list(SAMPLES))
    lock = shared.child.get_lock()
    lock.acquire()
    # If copy() waits for the lock, the stage reports a hang.
    copied = stage.creator.copy(shared.raw)
    lock.release()
    _expect_copy(copied, shared.raw, f"the lock of its wrapper, {description}, being held")


# Subclasses written in Python.

_NUMBERS = st.integers(-9, 9)


_EXTENDED: tuple[type, ...] = (
    python_subclasses.Count,
    python_subclasses.Pair,
    python_subclasses.Either,
    python_subclasses.Three,
)


@check(
    "copy.preserves-subclass",
    numbers=st.tuples(_NUMBERS, st.integers(1, 9)),
    shared=st.booleans(),
)
def test_preserves_subclass(stage: Stage, numbers: tuple[int, int], shared: bool) -> None:
    creator = stage.creator
    for cls in _EXTENDED:
        source = creator.RawValue(cls) if shared else creator.make(cls)
        invoke(source, "add", numbers[0])
        copied = creator.copy(source)
        what = f"obj being a {cls.__name__}"
        _expect_copy(copied, source, what)
        before, between, after = creator.call(copy_sources.totals, copied, source, numbers[1])
        expect(before[0], before[1], f"`total` of copy(obj), {what},")
        expect(between[1], before[1], f"`total` of obj after copy(obj).add(...), {what},")
        expect(after[0], after[1], f"`total` of copy(obj) after add(...) of both, {what},")


_RECORDED: tuple[Callable[[int], object], ...] = (
    python_subclasses.RecordedCount,
    python_subclasses.RecordedPair,
    python_subclasses.RecordedEither,
)


@check("copy.runs-no-constructor", number=st.integers(-99, 99))
def test_runs_no_constructor(stage: Stage, number: int) -> None:
    creator = stage.creator
    copy = stage.backend_function("copy")
    for cls in _RECORDED:
        source = creator.make(cls, number)
        copied, runs = creator.call(python_subclasses.record_runs, copy, source)
        what = f"obj being {cls.__name__}({number})"
        expect(runs, [], f"the arguments of each run of __init__ in copy(obj), {what},")
        _expect_copy(copied, source, what)


# Objects that do not own their memory, and those without any.

_VIEWS = {
    view.__name__: view
    for view in (
        copy_sources.from_buffer,
        copy_sources.from_within_a_buffer,
        copy_sources.from_address,
        copy_sources.behind_a_pointer,
    )
}


@check(
    "copy.takes-views-of-other-memory",
    drawn=st.tuples(*map(filled, (shapes.SIMPLE_TYPES, shapes.STRUCTURES, shapes.ARRAYS))),
    view_by=st.sampled_from(list(_VIEWS)),
)
def test_takes_views_of_other_memory(stage: Stage, drawn: tuple[Filled, ...], view_by: str) -> None:
    creator = stage.creator
    for one in drawn:
        owner = _made(creator, one, shared=False)
        view = creator.call(_VIEWS[view_by], owner)
        copied = creator.copy(view)
        what = f"obj being {one.type} {view_by.replace('_', ' ')}"
        _expect_copy(copied, view, what)
        _expect_independent(copied, view, view, what)


_EMPTY = (
    structure(),
    structure(kind="union"),
    structure(("none", array(0, "c_double"))),
    structure(extends=structure()),
    structure(("nothing", structure()), ("none", array(0, "c_char"))),
)


@check("copy.takes-empty-structures", name=each_of(_EMPTY), shared=st.booleans())
def test_takes_empty_structures(stage: Stage, name: str, shared: bool) -> None:
    creator = stage.creator
    source = creator.RawValue(CType(name)) if shared else creator.call(CType(name))
    _expect_copy(creator.copy(source), source, f"obj being {CType(name)}")

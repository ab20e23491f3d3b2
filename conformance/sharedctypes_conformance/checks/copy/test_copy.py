"""Area `copy`: copies in shared memory, of shared objects and of ordinary ones."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ...actors.objects import copy_sources
from ...actors.runtime import calls, memory, parts
from ...stage.actor import Actor, actor_of
from ...stage.descriptions import Description
from ...stage.findings import NotKept
from ...stage.handles import Handle
from ...stage.names import CType, Name
from ...stage.stage import Stage
from ...strategies import objects, values
from ...strategies import type_names as shapes
from ...strategies.accesses import SAMPLES, Access
from ...strategies.filling import filled
from ...strategies.tables import each_of
from ..kit.check import check
from ..kit.observe import expect, expect_raises, expect_that
from ..kit.twins import play

# Any bytes are a valid value of these types. Those of wchar are not: `_VALUES` has them.
_BLOCKS = tuple(
    Description("RawArray", CType(name), (length,))
    for length, name in enumerate(
        [
            *(name for name in values.SIMPLE_TYPES if name != "c_wchar"),
            *(name for name in objects.STRUCTURES if name != objects.TEXT),
        ],
        start=1,
    )
) + tuple(
    Description("RawValue", CType(name))
    for name in (*objects.STRUCTURES, objects.DERIVED, objects.ANONYMOUS)
    if name != objects.TEXT
)
_VALUES = st.one_of(
    [
        st.tuples(st.just(Description("RawValue", CType(name))), values.fitting(name))
        for name in values.SIMPLE_TYPES
    ]
)
# Generated types, with assignments to their members.
_GENERATED = filled(shapes.TYPES, shapes.ARRAYS_OF_ARRAYS).map(
    lambda drawn: (Description("RawValue", drawn.type), drawn.assignments)
)
_FILLED = st.tuples(st.sampled_from(_BLOCKS), st.binary(min_size=1, max_size=64))
_ORIGINS = st.sampled_from(["shared", "ordinary", "a copy"])


def _source(actor: Actor, drawn: tuple[Description, Any], origin: str) -> Handle:
    """Return an object with the drawn contents: shared, ordinary, or a copy of a shared one."""
    description, contents = drawn
    source: Handle = description.create(actor)
    if origin == "ordinary":
        source = actor.call(memory.blank_like, source)
    if isinstance(contents, tuple):
        play([Access(parts.assign_at, step) for step in contents], source)
    elif isinstance(contents, bytes) and description in _BLOCKS:
        _fill(actor, source, contents)
    else:
        source.value = contents
    return actor.copy(source) if origin == "a copy" else source


def _fill(actor: Actor, obj: Handle, pattern: bytes) -> None:
    actor.call(copy_sources.fill_with, obj, pattern)


def _contents(obj: Handle) -> object:
    """Return an object's contents, field by field: padding is not compared."""
    return actor_of(obj).call(memory.values_in, obj)


# One of each: drawn from all of them, most would be simple values.
_DRAWN = st.tuples(_VALUES, _FILLED, _GENERATED)
_Drawn = tuple[tuple[Description, Any], ...]


@check("copy.equals-its-source", drawn=_DRAWN, origin=_ORIGINS)
def test_equals_its_source(stage: Stage, drawn: _Drawn, origin: str) -> None:
    for one in drawn:
        source = _source(stage.creator, one, origin)
        copied = stage.creator.copy(source)
        _, got, wanted = stage.creator.call(copy_sources.compared, copied, source)
        expect(got, wanted, f"the contents of copy(obj), obj being {one[0]} ({origin})")
    stage.once("copies of every size", lambda: _copy_every_size(stage))
    wanted, got = stage.creator.call(
        copy_sources.precise_long_double,
        stage.backend_function("RawValue"),
        stage.backend_function("copy"),
    )
    expect(got, wanted, "the bits of copy(obj), obj being a long double that no double equals")


# One at a time, up to a few MiB: something may be copied block by block.
_SIZES = [(1 << bit) + offset for bit in range(5, 22) for offset in (-1, 0, 1)]


def _copy_every_size(stage: Stage) -> None:
    raw_array, copy = (stage.backend_function(name) for name in ("RawArray", "copy"))
    for size, place in stage.creator.call(copy_sources.unlike_source, raw_array, copy, _SIZES):
        raise NotKept(f"the copy of an array of {size} bytes differs from its source at {place}")


@check("copy.is-independent", drawn=_FILLED, origin=_ORIGINS, writes=st.lists(st.booleans()))
def test_is_independent(
    stage: Stage, drawn: tuple[Description, bytes], origin: str, writes: list[bool]
) -> None:
    creator = stage.creator
    source = _source(creator, drawn, origin)
    copied = creator.copy(source)
    for turn, to_source in enumerate([*writes[:4], True, False]):
        written, other = (source, copied) if to_source else (copied, source)
        before = _contents(other)
        _fill(creator, written, bytes([turn * 37 % 127 + 1]))
        what = "the copy after its source" if to_source else "the source after its copy"
        expect(_contents(other), before, f"{what} was written, {drawn[0]} ({origin})")


# Allocators may treat large blocks otherwise than small ones.
_LARGE = tuple(
    Description("RawArray", CType("c_ubyte"), (size,)) for size in (70_001, 600_001, 2_500_003)
)


@check("copy.is-shared", pattern=st.sampled_from([b"\1\2\3\4\5", b"\x7f", b"\xaa\x55\0"]))
def test_is_shared(stage: Stage, pattern: bytes) -> None:
    # All types at once, since together they cost one start of a child.
    creator = stage.creator
    made = {
        one: creator.copy(_source(creator, (one, pattern), "shared")) for one in (*_BLOCKS, *_LARGE)
    }
    child = stage.start(*made.values())
    copies = [made[one] for one in _BLOCKS]
    for one in _LARGE:
        for written, seen in ((made[one], child(made[one])), (child(made[one]), made[one])):
            _fill(actor_of(written), written, pattern + b"\6")
            got, wanted = (actor_of(it).call(memory.digest, it) for it in (seen, written))
            what = f"size and checksum of a copy of {one} in {actor_of(seen).name}"
            expect(got, wanted, f"{what}, written by {actor_of(written).name}")
            pattern = pattern[::-1]
    for description, copied in zip(_BLOCKS, copies, strict=True):
        what = f"the contents of a copy of {description}"
        expect(_contents(child(copied)), _contents(copied), f"{what} in a child")
        _fill(child, child(copied), pattern[::-1] + b"\6")
        expect(_contents(copied), _contents(child(copied)), f"{what} after a child wrote it")


@check(
    "copy.takes-empty-arrays",
    name=each_of([*values.SIMPLE_TYPES, *objects.STRUCTURES]),
    origin=_ORIGINS,
)
def test_takes_empty_arrays(stage: Stage, name: str, origin: str) -> None:
    creator = stage.creator
    source = creator.call(memory.array_type, CType(name), 0)()
    if origin == "shared":
        source = creator.RawArray(CType(name), 0)
    expect(len(creator.copy(source)), 0, f"len(copy(({CType(name)} * 0)()))")


@check("copy.is-a-raw-object", drawn=_DRAWN, origin=_ORIGINS)
def test_is_a_raw_object(stage: Stage, drawn: _Drawn, origin: str) -> None:
    creator = stage.creator
    for one in drawn:
        source = _source(creator, one, origin)
        same = creator.call(calls.is_same_class, creator.copy(source), source)
        expect_that(same, f"copy(obj) has the class of obj, {one[0]} ({origin})")


@check(
    "copy.refuses-non-ctypes-objects",
    argument=each_of([*SAMPLES, 5, "c", b"bytes", None, [1], Name("ctypes.c_int")]),
)
def test_refuses_non_ctypes_objects(stage: Stage, argument: Any) -> None:
    creator = stage.creator
    given = argument.create(creator) if isinstance(argument, Description) else argument
    what = f"copy({argument})"
    expect_raises(lambda: creator.copy(given), what, "TypeError", "AttributeError")

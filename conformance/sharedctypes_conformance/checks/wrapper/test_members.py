"""Area `wrapper`: access to the members of the object through the wrapper.

Each is done to a plain ctypes object as well, and has to do the same; see `twins`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from hypothesis import strategies as st

from ...actors.objects import assigning
from ...actors.runtime import calls, memory, parts
from ...actors.runtime.type_names import array, structure
from ...oracle.typecodes import TYPECODES
from ...stage.descriptions import Description
from ...stage.findings import NotKept
from ...stage.handles import Handle, invoke
from ...stage.names import CType, Name
from ...stage.stage import Stage
from ...strategies import members, objects, values
from ...strategies.accesses import Access, get_attribute, set_attribute, set_item
from ...strategies.members import on_each
from ...strategies.tables import each_of
from ..kit.check import check
from ..kit.observe import attempt, expect, raised_by
from ..kit.twins import same_as_twin
from .slicing import expect_slices_of_object

_WHO = st.sampled_from(["creator", "child"])


def _matches_object(
    clause: str,
    table: Mapping[Description, members.Accesses],
    at_once: int = 4,
    pool: Sequence[Description] = members.ALL,
    first: Callable[[Stage], None] = lambda _: None,
) -> Callable[..., None]:
    """Return the check that accesses through the wrapper do what they do without it.

    The creator of the objects of a table, or a child, carries them out. Finally all members are
    read, for an assignment may have changed any of them. `first` is what else to look at.
    """

    def compare(stage: Stage, drawn: list[members.Case], who: str) -> None:
        first(stage)
        for description, filling, operations in drawn:
            shared = stage.pool.take(description, pool)
            if filling is not None:
                filling.carry_out(shared.raw)
            reads = members.final_reads(description)
            same_as_twin(operations + reads, shared.seen_by(who), shared.raw, description)

    compare.__name__ = f"test_{clause.partition('.')[2].replace('-', '_')}"
    return check(clause, drawn=on_each(table, at_once=at_once), who=_WHO)(compare)


# Construction of wrappers.

_NON_TYPES: list[Any] = ["Z", "", "ii", None, 5, Name("builtins.int")]
_TYPES: list[Any] = [
    *TYPECODES,
    *map(CType, (*values.SIMPLE_TYPES, *objects.STRUCTURES, array(3, "c_int"))),
    *_NON_TYPES,
]
_LOCKS = st.sampled_from(objects.LOCKS)


@check(
    "wrapper.value-constructs-like-rawvalue",
    kinds=st.lists(st.sampled_from(_TYPES), min_size=1, max_size=8),
    args=st.lists(st.one_of(values.integers, values.floats, values.misfits), max_size=3),
    lock=_LOCKS,
)
def test_value_constructs_like_rawvalue(
    stage: Stage, kinds: list[Any], args: list[Any], lock: str | bool
) -> None:
    for kind in kinds:
        _expect_same_construction(stage, Description("Value", kind, tuple(args), lock))


_SIZES = st.integers(-2, 9)
_LISTS = st.lists(st.one_of(values.integers, values.floats, values.misfits), max_size=4)
_SEQUENCES: list[tuple[Any, Any]] = [
    ("c", b"hello"),
    ("B", b"hello"),
    ("u", "hello"),
    ("i", range(3)),
    ("d", (1.5, 2)),
    ("h", ()),
    ("f", True),
    (CType("c_char"), bytearray(b"bytes")),
    (CType(objects.POINT), [(1.5, 2.5), (0.5,)]),
    (CType(objects.POINT), ((1.5, 2.5),)),
]


@check(
    "wrapper.array-constructs-like-rawarray",
    drawn=st.lists(
        st.one_of(
            st.sampled_from(_SEQUENCES),
            st.tuples(st.sampled_from(_TYPES), st.one_of(_SIZES, _LISTS, values.misfits)),
        ),
        min_size=1,
        max_size=8,
    ),
    lock=_LOCKS,
)
def test_array_constructs_like_rawarray(
    stage: Stage, drawn: list[tuple[Any, Any]], lock: str | bool
) -> None:
    for kind, init in drawn:
        _expect_same_construction(stage, Description("Array", kind, (init,), lock))


def _expect_same_construction(stage: Stage, description: Description) -> None:
    creator = stage.creator
    raw = attempt(lambda: description.raw.create(creator))
    made = attempt(lambda: description.create(creator).get_obj())
    # The functions may raise different exceptions.
    if made != raw and not made.how == raw.how == "raised":
        raise NotKept(f"{description} {_made(made)}, {description.raw} {_made(raw)}")


def _made(outcome: object) -> str:
    return str(outcome).replace("returned", "gives", 1)


# Members of each kind.


test_value_access_matches_object = _matches_object(
    "wrapper.value-access-matches-object",
    {
        one: members.reading_and_assigning("value", values.any_for(objects.ctype_of(one)))
        for one in objects.VALUES
    },
)

test_item_access_matches_object = _matches_object(
    "wrapper.item-access-matches-object",
    {
        one: members.item_accesses(
            members.length_of(one), members.assignable(objects.ctype_of(one))
        )
        for one in members.ARRAYS
    },
)

test_slicing_matches_object = _matches_object(
    "wrapper.slicing-matches-object",
    {
        one: members.slice_accesses(members.length_of(one), members.fitting(objects.ctype_of(one)))
        for one in members.ARRAYS
    },
    first=expect_slices_of_object,
)

test_length_and_iteration_match_object = _matches_object(
    "wrapper.length-and-iteration-match-object",
    {
        one: members.sequence_accesses(members.fitting(objects.ctype_of(one)))
        for one in members.ARRAYS
    },
)

test_string_access_matches_object = _matches_object(
    "wrapper.string-access-matches-object", dict.fromkeys(objects.STRINGS, members.string_accesses)
)

test_field_access_matches_object = _matches_object(
    "wrapper.field-access-matches-object",
    {
        one: members.field_accesses(members.FIELDS[objects.ctype_of(one)])
        for one in members.WITH_FIELDS
    },
    at_once=8,
)

_INHERITING = {
    Description("Value", CType(name)): members.field_accesses(fields)
    for name, fields in {
        objects.DERIVED: {"x": "c_double", "y": "c_double"},
        structure(extends=objects.POINT): {"x": "c_double", "y": "c_double"},
        structure(("last", "c_int"), extends=objects.DERIVED): {
            "y": "c_double",
            "z": "c_double",
            "last": "c_int",
        },
        # One that hides the field of its base.
        structure(("x", "c_int"), ("own", "c_short"), extends=objects.POINT): {
            "x": "c_int",
            "y": "c_double",
            "own": "c_short",
        },
        structure(("d", "c_double"), kind="union", extends=objects.NUMBER): {
            "i": "c_int",
            "f": "c_float",
            "d": "c_double",
        },
    }.items()
}

test_inherited_fields_match_object = _matches_object(
    "wrapper.inherited-fields-match-object", _INHERITING, pool=tuple(_INHERITING)
)

_BYTES = structure(("low", "c_ubyte"), ("high", "c_ubyte"))
_CHOICE = structure(("both", "c_ushort"), ("halves", _BYTES), kind="union", anonymous=["halves"])
_WITH_ANONYMOUS = {
    Description("Value", CType(name)): members.field_accesses(fields)
    for name, fields in {
        objects.ANONYMOUS: objects.FIELDS[objects.ANONYMOUS],
        structure(("head", "c_int"), ("one", _CHOICE), anonymous=["one"]): {
            "head": "c_int",
            "both": "c_ushort",
            "low": "c_ubyte",
            "high": "c_ubyte",
        },
    }.items()
}

test_anonymous_fields_match_object = _matches_object(
    "wrapper.anonymous-fields-match-object", _WITH_ANONYMOUS, pool=tuple(_WITH_ANONYMOUS)
)


# Views of nested objects.


def _through_views(ctype: str, *paths: tuple[Any, ...]) -> members.Accesses:
    return st.tuples(st.sampled_from(paths), values.fitting(ctype)).map(
        lambda drawn: Access(parts.assign_at, drawn)
    )


def _of_type(table: Sequence[Description], ctype: str) -> Description:
    return next(one for one in table if objects.ctype_of(one) == ctype)


test_nested_objects_are_live_views = _matches_object(
    "wrapper.nested-objects-are-live-views",
    {
        _of_type(objects.STRUCTURE_VALUES, objects.NESTED): st.one_of(
            _through_views("c_double", ("at", "x"), ("at", "y")),
            _through_views("c_int", ("tail", 0), ("tail", -1)),
        ),
        # Of three elements each.
        _of_type(objects.STRUCTURE_ARRAYS, objects.PACKED): _through_views(
            "c_double", (0, "d"), (1, "d"), (-1, "d"), (slice(None), 1, "d")
        ),
        _of_type(objects.STRUCTURE_ARRAYS, objects.NESTED): st.one_of(
            _through_views("c_double", (0, "at", "x"), (slice(None, None, -2), 0, "at", "y")),
            _through_views("c_int", (0, "tail", 0), (1, "tail", 2), (-1, "tail", -1)),
        ),
    },
)


# Fields of any name.

_NAMES = ("class", "import", "None", "_obj", "_lock", "value", "raw", "self", "obj", "name")
_NAMED = {
    name: Description("Value", CType(structure(("first", "c_int"), (name, "c_int"))), (1, 2))
    for name in _NAMES
}
_REFUSALS = ("TypeError", "ValueError", "AttributeError")


@check(
    "wrapper.any-field-name-works-or-is-refused",
    name=each_of(_NAMES),
    value=values.integers,
    who=_WHO,
)
def test_any_field_name_works_or_is_refused(stage: Stage, name: str, value: int, who: str) -> None:
    description = _NAMED[name]
    if raised_by(lambda: description.create(stage.creator), f"{description}", *_REFUSALS):
        return
    shared = stage.pool.take(description, tuple(_NAMED.values()))
    operations = [get_attribute(name), set_attribute(name, value), get_attribute(name)]
    same_as_twin(
        [get_attribute("first"), *operations], shared.seen_by(who), shared.raw, description
    )


@check(
    "wrapper.methods-take-precedence-over-fields",
    name=st.sampled_from(["acquire", "release", "get_obj", "get_lock"]),
)
def test_methods_take_precedence_over_fields(stage: Stage, name: str) -> None:
    creator = stage.creator
    description = Description("RawValue", CType(structure((name, "c_int"))))
    raw, lock = description.create(creator), creator.RLock()
    what = f"the wrapper of {description}"
    made: list[Handle] = []
    if raised_by(lambda: made.append(creator.synchronized(raw, lock)), what, *_REFUSALS):
        return
    (wrapper,) = made
    seen_elsewhere = stage.thread(creator)(lock)
    for method, wanted in (("get_obj", raw), ("get_lock", lock)):
        got = invoke(wrapper, method)
        same = isinstance(got, Handle) and creator.call(calls.is_same, got, wanted)
        expect(same, True, f"{method}() of {what} returned what it was given, which")
    taken = invoke(wrapper, "acquire")
    expect(taken, True, f"acquire() of {what}")
    expect(seen_elsewhere.acquire(False), False, f"the lock after acquire() of {what}, elsewhere,")
    invoke(wrapper, "release")
    expect(seen_elsewhere.acquire(False), True, f"the lock after release() of {what}, elsewhere,")
    seen_elsewhere.release()


# Assignment of ctypes objects to parts.


def _objects_at(*places: tuple[Any, ...]) -> members.Accesses:
    """Return assignments of new objects to parts of one type, and of these parts to each other."""
    return st.one_of(
        st.tuples(st.sampled_from(places), st.binary(min_size=1, max_size=24)).map(
            lambda drawn: Access(assigning.assign_new, drawn)
        ),
        st.sampled_from(
            [Access(assigning.assign_part, (to, one)) for to in places for one in places]
        ),
    )


test_assigned_objects_are_copied = _matches_object(
    "wrapper.assigned-objects-are-copied",
    {
        _of_type(objects.STRUCTURE_VALUES, objects.NESTED): st.one_of(
            _objects_at(("at",)), _objects_at(("tail",))
        ),
        _of_type(objects.STRUCTURE_VALUES, objects.NUMBER): _objects_at(("b",)),
        **{
            _of_type(objects.STRUCTURE_ARRAYS, ctype): _objects_at((0,), (1,), (-1,))
            for ctype in (objects.PACKED, objects.NESTED)
        },
    },
)


# Refusals.


def _misfits_for(attribute: str, *more: object) -> members.Accesses:
    misfits = st.one_of(values.misfits, *map(st.just, more))
    return misfits.map(partial(set_attribute, attribute))


_REFUSED: dict[Description, st.SearchStrategy[Access]] = {
    **dict.fromkeys(objects.VALUES, _misfits_for("value")),
    **{
        one: st.one_of(
            st.tuples(st.integers(-9, 9), values.misfits).map(lambda drawn: set_item(*drawn)),
            st.tuples(
                st.sampled_from([slice(None), slice(0, 2), slice(None, None, 2)]),
                st.lists(st.one_of(values.fitting(objects.ctype_of(one)), values.misfits)),
            ).map(lambda drawn: set_item(*drawn)),
        )
        for one in objects.ARRAYS
    },
    **dict.fromkeys(
        objects.STRINGS,
        st.one_of(
            [_misfits_for(name, b"more than fits in any of them") for name in ("value", "raw")]
        ),
    ),
    **{
        one: st.one_of([_misfits_for(name) for name in members.FIELDS[objects.ctype_of(one)]])
        for one in members.WITH_FIELDS
    },
}


@check(
    "wrapper.refused-assignments-change-nothing",
    drawn=on_each(_REFUSED, most=1),
    who=_WHO,
)
def test_refused_assignments_change_nothing(
    stage: Stage, drawn: list[members.Case], who: str
) -> None:
    creator = stage.creator
    for description, _, operations in drawn:
        shared = stage.pool.take(description, members.ALL)
        # Not zero, because a faulty refusal tends to leave zeros behind.
        creator.call(memory.fill, shared.raw, b"\1" * creator.call("ctypes.sizeof", shared.raw))
        same_as_twin(operations, shared.seen_by(who), shared.raw, description)

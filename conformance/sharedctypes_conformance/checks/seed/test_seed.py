"""Area `seed`: the table of equivalences and the worked example."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ...actors.runtime import calls, memory
from ...oracle.typecodes import TYPECODES
from ...stage.actor import actor_of
from ...stage.descriptions import Description
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies import objects, values
from ...strategies.accesses import Access, samples
from ...strategies.tables import Table, each_of
from ..kit.check import check
from ..kit.observe import attempt, expect, expect_same
from ..kit.programs import run_program

# The table.

_BY_TYPE = {name: name for name in values.SIMPLE_TYPES}


@check("seed.value-of-type-equals-ctypes", typed=values.typed(_BY_TYPE))
def test_value_of_type_equals_ctypes(stage: Stage, typed: tuple[str, Any]) -> None:
    name, value = typed
    creator = stage.creator
    made = attempt(lambda: creator.RawValue(CType(name), value))
    plain = attempt(lambda: creator.call(CType(name), value))
    expect_same(made, plain, f"RawValue({CType(name)}, {value!r})")
    empty = creator.RawValue(CType(name))
    expect(
        creator.call(calls.is_exactly, empty, CType(name)),
        True,
        f"type(RawValue({CType(name)})) is {name}",
    )


@check("seed.value-of-typecode-equals-type", typed=values.typed(TYPECODES))
def test_value_of_typecode_equals_type(stage: Stage, typed: tuple[str, Any]) -> None:
    code, value = typed
    creator = stage.creator
    made = attempt(lambda: creator.RawValue(code, value))
    plain = attempt(lambda: creator.call(CType(TYPECODES[code]), value))
    expect_same(made, plain, f"RawValue({code!r}, {value!r})")


@check(
    "seed.structure-equals-ctypes",
    name=each_of(objects.STRUCTURES),
    fields=st.lists(st.one_of(values.integers, values.floats, values.misfits), max_size=4),
)
def test_structure_equals_ctypes(stage: Stage, name: str, fields: list[Any]) -> None:
    creator = stage.creator
    made = attempt(lambda: creator.RawValue(CType(name), *fields))
    plain = attempt(lambda: creator.call(CType(name), *fields))
    expect_same(made, plain, f"RawValue({CType(name)}, *{fields!r})")


@check(
    "seed.sized-array-equals-ctypes",
    name=each_of([*values.SIMPLE_TYPES, *objects.STRUCTURES]),
    length=st.integers(0, 40),
)
def test_sized_array_equals_ctypes(stage: Stage, name: str, length: int) -> None:
    creator = stage.creator
    wanted = creator.call(memory.array_type, CType(name), length)
    made = creator.RawArray(CType(name), length)
    expect(made, wanted(), f"RawArray({CType(name)}, {length})")
    expect(
        creator.call(calls.is_exactly, made, wanted),
        True,
        f"type(RawArray({CType(name)}, {length}))",
    )


@check(
    "seed.sized-array-of-typecode-equals-type",
    code=each_of(list(TYPECODES)),
    length=st.integers(0, 40),
)
def test_sized_array_of_typecode_equals_type(stage: Stage, code: str, length: int) -> None:
    creator = stage.creator
    plain = creator.call(memory.array_type, CType(TYPECODES[code]), length)()
    expect(creator.RawArray(code, length), plain, f"RawArray({code!r}, {length})")


@check(
    "seed.initialized-array-equals-ctypes",
    typed=values.typed_items(_BY_TYPE),
    as_tuple=st.booleans(),
)
def test_initialized_array_equals_ctypes(
    stage: Stage, typed: tuple[str, list[Any]], as_tuple: bool
) -> None:
    name, items = typed
    creator = stage.creator
    wanted = creator.call(memory.array_type, CType(name), len(items))
    made = creator.RawArray(CType(name), tuple(items) if as_tuple else items)
    expect(made, wanted(*items), f"RawArray({CType(name)}, {items!r})")
    expect(
        creator.call(calls.is_exactly, made, wanted),
        True,
        f"type(RawArray({CType(name)}, {items!r}))",
    )


@check("seed.initialized-array-of-typecode-equals-type", typed=values.typed_items(TYPECODES))
def test_initialized_array_of_typecode_equals_type(
    stage: Stage, typed: tuple[str, list[Any]]
) -> None:
    code, items = typed
    creator = stage.creator
    plain = creator.call(memory.array_type, CType(TYPECODES[code]), len(items))(*items)
    expect(creator.RawArray(code, items), plain, f"RawArray({code!r}, {items!r})")


# The worked example.

_PRINTED = """\
49
0.1111111111111111
b'HELLO WORLD'
[(3.515625, 39.0625), (33.0625, 4.0), (5.640625, 90.25)]
"""


@check("seed.example-prints-its-results")
def test_example_prints_its_results(stage: Stage) -> None:
    wanted = _PRINTED.splitlines()
    printed, _ = run_program(stage, "worked_example", takes=("Value", "Array"), wanted=wanted)
    expect(printed, wanted, "the worked example")


# All that a child inherits for these checks, at once.
_UNLOCKED = tuple(Description("Value", one.type, lock=False) for one in objects.VALUES)
_POINTS = tuple(Description("Array", CType(objects.POINT), (n,), "Lock") for n in range(1, 5))
_ALL = (
    objects.VALUES
    + objects.RAW_VALUES
    + objects.ARRAYS
    + objects.STRUCTURE_VALUES
    + objects.STRUCTURE_ARRAYS
)
_INHERITED = _ALL + objects.STRINGS + _UNLOCKED + _POINTS


def _value_and_fitting(table: tuple[Description, ...]) -> st.SearchStrategy[Any]:
    return st.one_of([st.tuples(st.just(d), values.fitting(objects.ctype_of(d))) for d in table])


def _expect_child_write_arrives(stage: Stage, description: Description, value: object) -> None:
    shared = stage.pool.take(description, _INHERITED)
    plain = stage.creator.call(CType(objects.ctype_of(description)))
    plain.value = value
    shared.child.value = value
    expect(shared.creator.value, plain.value, f"{description}.value after a child wrote {value!r}")


@check("seed.child-write-to-value-reaches-parent", drawn=_value_and_fitting(objects.VALUES))
def test_child_write_to_value_reaches_parent(stage: Stage, drawn: tuple[Description, Any]) -> None:
    _expect_child_write_arrives(stage, *drawn)


@check("seed.child-write-to-unlocked-value-reaches-parent", drawn=_value_and_fitting(_UNLOCKED))
def test_child_write_to_unlocked_value_reaches_parent(
    stage: Stage, drawn: tuple[Description, Any]
) -> None:
    _expect_child_write_arrives(stage, *drawn)


@check(
    "seed.child-write-to-string-reaches-parent",
    description=st.sampled_from(objects.STRINGS),
    text=st.binary(max_size=12),
    attribute=st.sampled_from(["value", "raw"]),
)
def test_child_write_to_string_reaches_parent(
    stage: Stage, description: Description, text: bytes, attribute: str
) -> None:
    shared = stage.pool.take(description, _INHERITED)
    length = len(shared.raw)
    text = text[:length]
    setattr(shared.child, attribute, text)
    what = f"{description}.{attribute} after a child wrote {text!r}"
    wanted = text.partition(b"\0")[0] if attribute == "value" else text
    got = getattr(shared.creator, attribute)
    expect(got[: len(wanted)], wanted, what)
    expect(len(shared.creator.raw), length, f"len({description}.raw)")


@check(
    "seed.child-write-to-structures-reaches-parent",
    points=st.lists(st.tuples(values.floats, values.floats), min_size=1, max_size=4),
)
def test_child_write_to_structures_reaches_parent(
    stage: Stage, points: list[tuple[float, float]]
) -> None:
    shared = stage.pool.take(_POINTS[len(points) - 1], _INHERITED)
    for element, (x, y) in zip(shared.child, points, strict=True):
        element.x = x
        element.y = y
    got = [(element.x, element.y) for element in shared.creator]
    expect(got, points, "[(a.x, a.y) for a in A] after a child assigned to the fields")


@check(
    "seed.parent-write-reaches-child",
    description=each_of(_ALL),
    data=st.binary(min_size=1, max_size=64),
)
def test_parent_write_reaches_child(stage: Stage, description: Description, data: bytes) -> None:
    shared = stage.pool.take(description, _INHERITED)
    child = shared.child if description.is_raw else shared.child.get_obj()
    size = len(stage.creator.call(memory.contents, shared.raw)[1])
    data = (data * (size // len(data) + 1))[:size]
    stage.creator.call(memory.fill, shared.raw, data)
    got = actor_of(child).call(memory.contents, child)[1]
    expect(got, data, f"the bytes of {description} in a child after its parent wrote them")


_UNDER_A_LOCK = samples("Lock")


def _with_access(table: dict[Description, tuple[Access, ...]]) -> Table:
    return each_of([(one, access) for one, accesses in table.items() for access in accesses])


@check(
    "seed.accesses-need-no-recursive-lock",
    drawn=_with_access(_UNDER_A_LOCK),
    who=st.sampled_from(["creator", "child"]),
)
def test_accesses_need_no_recursive_lock(
    stage: Stage, drawn: tuple[Description, Access], who: str
) -> None:
    description, access = drawn
    shared = stage.pool.take(description, list(_UNDER_A_LOCK))
    # An access that acquires a plain lock twice waits for itself: the stage reports the hang.
    access.carry_out(shared.seen_by(who))
    lock = shared.creator.get_lock()
    expect(lock.acquire(False), True, f"lock.acquire(False) after {access.on(description)}")
    lock.release()

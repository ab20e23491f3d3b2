"""Area `raw`: raw objects work as ordinary ctypes objects do."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ...actors.objects import comparing
from ...actors.runtime import memory, parts
from ...actors.runtime.type_names import array, structure
from ...stage.actor import Actor
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies import objects
from ...strategies import type_names as shapes
from ...strategies.accesses import Access, get_attribute, set_attribute
from ...strategies.filling import Filled, filled
from ...strategies.tables import each_of
from ..kit.check import check
from ..kit.observe import attempt, expect, expect_same
from ..kit.twins import play

# As a whole.

_KINDS = filled(shapes.TYPES, shapes.SIMPLE_TYPES)


def _raw_and_plain(actor: Actor, drawn: Filled) -> tuple[Handle, Handle]:
    """Return a raw object and an ordinary one, which is of the drawn type whatever the raw is."""
    # Some interpreters refuse what CPython accepts, which is judged elsewhere.
    takes = attempt(lambda: actor.call(drawn.type, *drawn.args)).how == "returned"
    args = drawn.args if takes else ()
    return actor.RawValue(drawn.type, *args), actor.call(drawn.type, *args)


def _shown(drawn: Filled) -> str:
    return f"RawValue({', '.join([str(drawn.type), *map(repr, drawn.args)])})"


@check("raw.comparison-matches-ctypes", drawn=_KINDS)
def test_comparison_matches_ctypes(stage: Stage, drawn: Filled) -> None:
    creator = stage.creator
    (raw, plain), (raw_y, plain_y) = (_raw_and_plain(creator, drawn) for _ in "xy")
    got = creator.call(comparing.compared, raw, raw_y)
    wanted = creator.call(comparing.compared, plain, plain_y)
    for how, outcome in wanted.items():
        expect(got[how], outcome, f"{how}, x and y being {_shown(drawn)},")


@check("raw.repr-matches-ctypes", drawn=_KINDS)
def test_repr_matches_ctypes(stage: Stage, drawn: Filled) -> None:
    raw, plain = _raw_and_plain(stage.creator, drawn)
    got, wanted = (stage.creator.call(comparing.shown, obj) for obj in (raw, plain))
    expect(got, wanted, f"repr of {_shown(drawn)}")


@check(
    "raw.takes-instance-attributes",
    drawn=_KINDS,
    name=st.sampled_from(["note", "valeu", "_private", "Total"]),
    value=st.one_of(st.none(), st.integers(), st.sampled_from(["", "text"])),
)
def test_takes_instance_attributes(stage: Stage, drawn: Filled, name: str, value: Any) -> None:
    steps = [
        get_attribute(name),
        set_attribute(name, value),
        get_attribute(name),
        Access("builtins.delattr", (name,)),
        get_attribute(name),
    ]
    raw, plain = _raw_and_plain(stage.creator, drawn)
    for step, got, wanted in zip(steps, play(steps, raw), play(steps, plain), strict=True):
        expect_same(got.outcome, wanted.outcome, step.on(_shown(drawn)))


# As the source of others.

_INTS = array(3, "c_int")
_BYTES = array(8, "c_ubyte")
# An outer type, the path to a part of it, and the type that is assigned there.
_PLACES: list[tuple[str, tuple[Any, ...], str]] = [
    (objects.NESTED, ("at",), objects.POINT),
    (objects.NESTED, ("tail",), _INTS),
    (objects.NESTED, ("at", "x"), "c_double"),
    (objects.NUMBER, ("b",), _BYTES),
    (objects.NUMBER, ("i",), "c_int"),
    (objects.BIG_ENDIAN, ("n",), "c_uint"),
    (objects.TEXT, ("name",), array(8, "c_char")),
    (array(2, objects.POINT), (1,), objects.POINT),
    (array(2, objects.MIXED), (0,), objects.MIXED),
    (array(2, objects.PACKED), (-1,), objects.PACKED),
    (array(2, objects.NUMBER), (0,), objects.NUMBER),
    (array(2, _INTS), (1,), _INTS),
    (_INTS, (2,), "c_int"),
    (array(2, "c_char"), (1,), "c_char"),
    (structure(("b", objects.BITS), ("n", "c_int")), ("b",), objects.BITS),
    # The part has another type: refused.
    (objects.NESTED, ("at",), objects.MIXED),
    (_INTS, (0,), "c_double"),
    (objects.POINT, ("x",), objects.POINT),
]
_FILLED = st.binary(min_size=1, max_size=40)


def _filled(actor: Actor, name: str, pattern: bytes) -> tuple[Handle, Handle]:
    raw, plain = actor.RawValue(CType(name)), actor.call(CType(name))
    size = actor.call("ctypes.sizeof", plain)
    for obj in (raw, plain):
        actor.call(memory.fill, obj, (pattern * (size // len(pattern) + 1))[:size])
    return raw, plain


@check(
    "raw.can-be-assigned-to-fields-and-elements",
    place=each_of(_PLACES),
    pattern=_FILLED,
    into_raw=st.booleans(),
)
def test_can_be_assigned_to_fields_and_elements(
    stage: Stage, place: tuple[str, tuple[Any, ...], str], pattern: bytes, into_raw: bool
) -> None:
    creator = stage.creator
    outer, path, inner = place
    raw, plain = _filled(creator, inner, pattern)
    make = creator.RawValue if into_raw else creator.call
    target, twin = make(CType(outer)), creator.call(CType(outer))
    assigned = "".join(f".{step}" if isinstance(step, str) else f"[{step}]" for step in path)
    what = f"({CType(outer)}){assigned} = RawValue({CType(inner)}) of bytes from {pattern.hex()}"
    wanted = attempt(lambda: creator.call(parts.assign_at, twin, path, plain))
    expect_same(attempt(lambda: creator.call(parts.assign_at, target, path, raw)), wanted, what)
    expect(target, twin, f"after {what} the whole")
    size = creator.call("ctypes.sizeof", raw)
    creator.call(memory.fill, raw, bytes(byte ^ 0x55 for byte in pattern * size)[:size])
    expect(target, twin, f"after {what}, when the source was changed, the whole")


_GIVEN: list[tuple[str, str]] = [
    (objects.NESTED, "c_short"),
    (structure(("at", objects.POINT), ("n", "c_int")), objects.POINT),
    (structure(("tail", _INTS)), _INTS),
    (structure(("x", "c_double")), "c_double"),
    (objects.NUMBER, "c_int"),
    (array(2, objects.POINT), objects.POINT),
    (array(2, _INTS), _INTS),
    (array(2, objects.BITS), objects.BITS),
    (_INTS, "c_int"),
    ("c_int", "c_int"),
    ("c_double", "c_float"),
    (objects.POINT, objects.POINT),
]


@check(
    "raw.can-initialize-other-objects",
    drawn=st.lists(
        st.tuples(st.sampled_from(_GIVEN), st.booleans(), _FILLED), min_size=1, max_size=5
    ),
)
def test_can_initialize_other_objects(
    stage: Stage, drawn: list[tuple[tuple[str, str], bool, bytes]]
) -> None:
    for given, by_its_type, pattern in drawn:
        _expect_initializes(stage.creator, *given, by_its_type, pattern)


def _expect_initializes(
    actor: Actor, outer: str, inner: str, by_its_type: bool, pattern: bytes
) -> None:
    raw, plain = _filled(actor, inner, pattern)
    wanted = attempt(lambda: actor.call(CType(outer), plain))
    if by_its_type:
        got, what = attempt(lambda: actor.call(CType(outer), raw)), f"({CType(outer)})(raw)"
    else:
        got = attempt(lambda: actor.RawValue(CType(outer), raw))
        what = f"RawValue({CType(outer)}, raw)"
    expect_same(got, wanted, f"{what}, raw being a {CType(inner)} of bytes from {pattern.hex()},")

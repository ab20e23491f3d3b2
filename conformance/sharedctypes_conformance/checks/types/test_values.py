"""Area `types`: what objects of simple types, of their subclasses, and of pointer types hold."""

from __future__ import annotations

import struct
from typing import Any

from hypothesis import strategies as st

from ...actors.objects import every_constructor
from ...actors.runtime import calls, memory
from ...actors.runtime import type_names as actor_shapes
from ...actors.runtime.type_names import pointer
from ...stage.findings import NotKept, Unjudged
from ...stage.handles import Handle
from ...stage.names import CType, Name
from ...stage.stage import Stage
from ...strategies import type_names as shapes
from ...strategies import values
from ...strategies.tables import each_of
from ..kit.check import check
from ..kit.makers import makers_of
from ..kit.observe import expect, expect_that


def _stored(stage: Stage, kind: Any, some: list[Any]) -> dict[str, list[str]]:
    """Return what each route of storing values makes of each of them, as text."""
    routes: dict[str, list[str]] = stage.creator.call(
        every_constructor.stored, makers_of(stage), kind, some
    )
    return routes


def _expect_stored(stage: Stage, kind: Any, some: list[Any], wanted: list[Any]) -> None:
    for route, stored in _stored(stage, kind, some).items():
        for x, got, want in zip(some, stored, wanted, strict=True):
            if got != repr(want):
                raise NotKept(
                    f"{route}, T being {kind} and x {x!r}, gave {got}, should be {want!r}"
                )


# Numbers and truth values.

_SIGNED = {
    "c_byte": True,
    "c_ubyte": False,
    "c_short": True,
    "c_ushort": False,
    "c_int": True,
    "c_uint": False,
    "c_long": True,
    "c_ulong": False,
    "c_longlong": True,
    "c_ulonglong": False,
    **{name: not name.startswith(("c_uint", "c_size")) for name in shapes.ALIASES},
}


@check(
    "types.integers-wrap-around",
    name=each_of(list(_SIGNED)),
    some=st.lists(values.integers, min_size=1, max_size=8),
)
def test_integers_wrap_around(stage: Stage, name: str, some: list[int]) -> None:
    span = 1 << 8 * stage.creator.call("ctypes.sizeof", CType(name))
    half = span // 2 if _SIGNED[name] else 0
    _expect_stored(stage, CType(name), some, [(x + half) % span - half for x in some])


def _single(x: float) -> float:
    try:
        number: float = struct.unpack("f", struct.pack("f", x))[0]
        return number
    except OverflowError:
        return float("inf") if x > 0 else float("-inf")


@check(
    "types.floats-keep-their-precision",
    name=st.sampled_from([*values.FLOATS, "c_longdouble"]),
    some=st.lists(values.floats, min_size=1, max_size=8),
)
def test_floats_keep_their_precision(stage: Stage, name: str, some: list[float]) -> None:
    wanted = [_single(x) if name == "c_float" else x for x in some]
    _expect_stored(stage, CType(name), some, wanted)


# Bytes that a random string is unlikely to have: the first ones are those of narrower types, too.
_TELLING = (
    bytes.fromhex("010000000000f87f"),  # a NaN that is not the usual one, as a double
    bytes.fromhex("010000000000f0ff"),  # a signalling one, negative
    bytes.fromhex("0100c07f0100c07f"),  # the same as floats
    bytes.fromhex("010080ff010080ff"),
    bytes.fromhex("00d8000000000000"),  # halves of surrogate pairs
    bytes.fromhex("ffdf000000000000"),
    bytes.fromhex("7ff8000000000001"),  # and NaNs in the other byte order
    bytes.fromhex("7fc000017fc00001"),
    b"\0" * 8,
    b"\xff" * 8,
)
_SIMPLE = (*values.SIMPLE_TYPES, *shapes.ALIASES)


@check(
    "types.values-of-any-bytes-are-kept",
    names=st.lists(st.sampled_from(_SIMPLE), min_size=1, max_size=3),
    other_order=st.booleans(),
    data=st.lists(st.binary(min_size=8, max_size=8), max_size=4),
)
def test_values_of_any_bytes_are_kept(
    stage: Stage, names: list[str], other_order: bool, data: list[bytes]
) -> None:
    creator = stage.creator
    # The types with something that is not kept by what takes every float for the same.
    for name in dict.fromkeys(["c_wchar", *values.FLOATS, *names]):
        kind = creator.call(every_constructor.simple_type, name, other_order)
        found = creator.call(
            every_constructor.stored_bytes, makers_of(stage), kind, [*_TELLING, *data]
        )
        for expression, x, got, wanted in found:
            shown = f"{CType(name)}{' of the other byte order' * other_order}"
            raise NotKept(
                f"{expression}, T being {shown} and x {x}, gave {got}, in ctypes {wanted}"
            )


def _same_as_ctypes(stage: Stage, name: str, given: list[Any], shown: list[str]) -> None:
    """Raise NotKept unless what is stored is what ctypes stores; `shown` is `given` as text."""
    plain = stage.creator.call(every_constructor.stored_in_ctypes, CType(name), given)
    shared = _stored(stage, CType(name), given)
    for (route, stored), wanted in zip(shared.items(), [*plain.values()] * 2, strict=True):
        for x, got, want in zip(shown, stored, wanted, strict=True):
            if got != want and not _is_derived(got, want):
                raise NotKept(
                    f"{route}, T being {CType(name)} and x {x}, gave {got}, in ctypes {want}"
                )


def _is_derived(got: str, want: str) -> bool:
    """Return whether an exception of a derived class was raised: that is one of the class, too."""
    return want.startswith("raises ") and got.endswith(f", a {want.removeprefix('raises ')}")


_LIKE = st.one_of(
    st.tuples(st.sampled_from(["__index__", "__int__"]), values.integers),
    st.tuples(st.sampled_from(["__float__"]), values.floats),
    st.tuples(st.just("__float__"), st.sampled_from([1, None])),
    st.tuples(st.just("__index__"), st.sampled_from([1.5, None])),
)


@check(
    "types.numbers-are-converted",
    name=each_of([*values.INTEGERS, *values.FLOATS, "c_longdouble"]),
    likes=st.lists(
        st.one_of(_LIKE, st.sampled_from([True, 5, -5, 2**31, 2**53 + 1, 2**1030])),
        min_size=1,
        max_size=4,
    ),
)
def test_numbers_are_converted(stage: Stage, name: str, likes: list[Any]) -> None:
    given = [
        stage.creator.call(every_constructor.like, *one) if isinstance(one, tuple) else one
        for one in likes
    ]
    shown = [
        f"with {one[0]}() == {one[1]!r}" if isinstance(one, tuple) else repr(one) for one in likes
    ]
    _same_as_ctypes(stage, name, given, shown)


_TRUTHS: list[Any] = [
    *(0, 1, -1, 7, 256, 2**40, 0.0, -0.0, 0.1, float("nan"), 0j, 1j, None, True, False),
    *("", "no", b"", b"\0", [], [0], (), (False,), {}, {0: 0}, range(0), range(1), slice(0)),
]
_LIKE_TRUTHS = [
    ("__bool__", True),
    ("__bool__", False),
    ("__len__", 0),
    ("__len__", 256),
    ("__index__", 0),
]


@check(
    "types.bool-holds-any-truth-value",
    truths=st.lists(st.sampled_from(_TRUTHS), min_size=1, max_size=8),
    like=each_of(_LIKE_TRUTHS),
)
def test_bool_holds_any_truth_value(stage: Stage, truths: list[Any], like: tuple[str, Any]) -> None:
    made = stage.creator.call(every_constructor.like, *like)
    # Without __bool__ and __len__ an object is true.
    wanted = [*map(bool, truths), like[0] == "__index__" or bool(like[1])]
    _expect_stored(stage, CType("c_bool"), [*truths, made], wanted)


# Subclasses of simple types, which are not converted.


def _base_of(name: str) -> str:
    return actor_shapes.read(name).base


_OF_SUBCLASSES = st.sampled_from(shapes.SUBCLASSES).flatmap(
    lambda name: st.tuples(
        st.just(name), st.lists(values.fitting(_base_of(name)), min_size=2, max_size=3)
    )
)


@check("types.items-of-simple-subclass-are-objects", drawn=_OF_SUBCLASSES)
def test_items_of_simple_subclass_are_objects(stage: Stage, drawn: tuple[str, list[Any]]) -> None:
    name, items = drawn
    creator = stage.creator
    plain = creator.call(memory.array_type, CType(_base_of(name)), len(items))(*items)
    for maker in ("RawArray", "Array"):
        made, what = getattr(creator, maker)(CType(name), items), f"{maker}({CType(name)}, ...)"
        for index in range(-1, len(items) - 1):
            element = made[index]
            if not isinstance(element, Handle):
                raise NotKept(f"{what}[{index}] is {element!r}, not an object of the subclass")
            same = creator.call(calls.is_exactly, element, CType(name))
            expect_that(same, f"{what}[{index}] is of the subclass")
            expect(element.value, plain[index], f"{what}[{index}].value")
        made[0].value = items[-1]
        made[-1] = items[0]
        expect(made[0].value, plain[-1], f"{what}[0].value after it was assigned {items[-1]!r}")
        expect(made[-1].value, plain[0], f"{what}[-1].value after {items[0]!r} was assigned")


@check("types.simple-subclass-wrapper-has-value", drawn=_OF_SUBCLASSES)
def test_simple_subclass_wrapper_has_value(stage: Stage, drawn: tuple[str, list[Any]]) -> None:
    name, items = drawn
    creator = stage.creator
    plain, made = (
        creator.call(CType(_base_of(name)), items[0]),
        creator.Value(CType(name), items[0]),
    )
    what = f"Value({CType(name)}, {items[0]!r})"
    expect(made.value, plain.value, f"{what}.value")
    for item in items[1:]:
        plain.value = made.value = item
        expect(made.value, plain.value, f"{what}.value after it was assigned {item!r}")
        expect(made.get_obj().value, plain.value, f"{what}.get_obj().value after {item!r}")


# Complex numbers, and pointers.

_COMPLEX = ("c_double_complex", "c_float_complex", "c_longdouble_complex")


@check(
    "types.complex-types-hold-complex-numbers",
    name=st.sampled_from(_COMPLEX),
    some=st.lists(
        st.one_of(st.complex_numbers(), st.sampled_from([1j, -2.5 + 1e300j, 3, 2.5, "1j", None])),
        min_size=1,
        max_size=4,
    ),
)
def test_complex_types_hold_complex_numbers(stage: Stage, name: str, some: list[Any]) -> None:
    present = stage.creator.call("builtins.hasattr", Name("ctypes"), name)
    if not present:
        raise Unjudged("this interpreter was built without complex types in ctypes")
    _same_as_ctypes(stage, name, some, [repr(x) for x in some])


@check(
    "types.pointers-can-be-stored",
    target=st.sampled_from(["c_int", "c_ubyte", "c_longlong", "c_double"]),
    numbers=st.lists(st.integers(0, 99), min_size=1, max_size=4),
)
def test_pointers_can_be_stored(stage: Stage, target: str, numbers: list[int]) -> None:
    creator = stage.creator
    name, aim = pointer(target), CType(target)
    field = CType(actor_shapes.structure(("n", "c_char"), ("p", name)))
    plain = creator.call(every_constructor.pointed, creator.call(CType(name)), aim, numbers)
    element = creator.RawArray(CType(name), 2)[1]
    shared = {
        f"RawValue({CType(name)})": creator.RawValue(CType(name)),
        f"RawArray({CType(name)}, 2)[1]": element,
        f"RawValue({field}).p": creator.RawValue(field).p,
    }
    for route, made in shared.items():
        got = creator.call(every_constructor.pointed, made, aim, numbers)
        # NULL, then the item pointed to, both read after they were written, and so on.
        expect(got, plain, f"the results of pointing {route} to objects of {numbers!r}")
    keeps = creator.call(every_constructor.keeps_its_aim, creator.call(field), "p", aim)
    for maker in ("RawValue", "Value"):
        holder = getattr(creator, maker)(field)
        kept = creator.call(every_constructor.keeps_its_aim, holder, "p", aim)
        expect(kept, keeps, f"whether what {maker}({field}).p was pointed to is still there")

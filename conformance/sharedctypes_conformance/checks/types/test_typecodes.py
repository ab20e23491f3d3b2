"""Area `types`: typecodes, types that are refused, and that any type of ctypes is accepted."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ...actors.locks import spies
from ...actors.objects import every_constructor
from ...actors.runtime import processes
from ...actors.runtime import type_names as actor_shapes
from ...actors.runtime.type_names import array, pointer
from ...oracle.typecodes import TYPECODES
from ...stage.findings import NotKept
from ...stage.names import CType, Name
from ...stage.stage import Stage
from ...strategies import type_names as shapes
from ...strategies import values
from ...strategies.tables import each_of
from ..kit.check import check, observation
from ..kit.makers import code_of, makers_of
from ..kit.observe import attempt, expect, expect_raises

# Typecodes.


def _expect_class(stage: Stage, kind: Any, wanted: CType, wrapped: bool = True) -> None:
    others = stage.creator.call(
        every_constructor.other_classes, makers_of(stage), kind, wanted, wrapped
    )
    for construction, got in others.items():
        raise NotKept(f"{construction}, T being {kind!s}, is a {got}, not a {wanted}")


_NUMBERS_AND_TEXT = [code for code in TYPECODES if code != "c"]


@check("types.typecodes-map-to-ctypes-types")
def test_typecodes_map_to_ctypes_types(stage: Stage) -> None:
    for code in _NUMBERS_AND_TEXT:
        _expect_class(stage, code, CType(TYPECODES[code]))


@check("types.typecode-c-is-c-char", text=st.binary(min_size=1, max_size=8))
def test_typecode_c_is_c_char(stage: Stage, text: bytes) -> None:
    _expect_class(stage, "c", CType("c_char"))
    creator = stage.creator
    expect(creator.RawValue("c", text[:1]).value, text[:1], f"RawValue('c', {text[:1]!r}).value")
    for maker in ("RawArray", "Array"):
        made = getattr(creator, maker)("c", text)
        expect(made.raw, text, f"{maker}('c', {text!r}).raw")
        expect(made.value, text.partition(b"\0")[0], f"{maker}('c', {text!r}).value")


_LIMITS = {
    code: (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if code.islower() else (0, 2**bits - 1)
    for codes, bits in (("bB", 8), ("hH", 16), ("iI", 32), ("lL", 32), ("qQ", 64))
    for code in codes
}


def _items(code: str) -> st.SearchStrategy[Any]:
    if code == "u":
        return st.lists(values.wide_characters, min_size=1, max_size=4).map("".join)
    if code in _LIMITS:
        low, high = _LIMITS[code]
        one = st.one_of(st.sampled_from([0, 1, low, high]), st.integers(low, high))
    else:
        one = st.floats(width=32 if code == "f" else 64)
    return st.lists(one, min_size=1, max_size=4)


@check(
    "types.typecodes-match-array-module",
    items=st.fixed_dictionaries({code: _items(code) for code in _NUMBERS_AND_TEXT}),
)
def test_typecodes_match_array_module(stage: Stage, items: dict[str, Any]) -> None:
    others = stage.creator.call(every_constructor.unlike_array, makers_of(stage), items)
    for what, got, wanted in others:
        raise NotKept(f"{what} gave {got}, should be {wanted}")


# Types that do not exist. Nothing that may become a typecode is drawn: `array` has had new ones.

_FOUR: list[tuple[str, tuple[Any, ...]]] = [
    ("RawValue", ()),
    ("Value", ()),
    ("RawArray", (2,)),
    ("Array", ([1, 2],)),
]


def _expect_refused(stage: Stage, kind: Any, *names: str) -> None:
    for maker, args in _FOUR:
        what = f"{maker}({', '.join(map(str, [code_of(kind), *args]))})"
        function = getattr(stage.creator, maker)
        expect_raises(lambda f=function, a=args: f(kind, *a), what, *names)  # type: ignore[misc]


@check("types.typecode-w-is-refused")
def test_typecode_w_is_refused(stage: Stage) -> None:
    _expect_refused(stage, "w", "TypeError", "ValueError", "NotImplementedError")


_NON_TYPES: list[Any] = [
    *("", " ", "i ", "ii", "cc", "int", "c_int", "ctypes.c_int", "<i", "@i", "\0", "i\0", "\xe9"),
    *(b"i", b"c", b"", b"w", b"d"),
    *(None, 0, 1, 5, -1, 2.5, 1j, True, False, (), ("i",), range(3)),
    *(Name(f"builtins.{name}") for name in ("int", "float", "bytes", "object", "type", "len")),
    *map(Name, ("array.array", "ctypes.sizeof", "struct.Struct", "ctypes")),
]


@check(
    "types.unknown-types-are-refused",
    kinds=st.lists(
        st.one_of(
            st.sampled_from(_NON_TYPES),
            st.integers(0xA0, 0xD7FF).map(chr),
            st.sampled_from("0123456789!$%&*+-<=>@[]_~"),
        ),
        min_size=1,
        max_size=3,
    ),
)
def test_unknown_types_are_refused(stage: Stage, kinds: list[Any]) -> None:
    for kind in kinds:
        _expect_refused(stage, kind, "TypeError")


@check(
    "types.abstract-types-are-refused",
    name=st.sampled_from(["Structure", "Union", "Array"]),
    maker=st.sampled_from(["RawValue", "Value"]),
)
def test_abstract_types_are_refused(stage: Stage, name: str, maker: str) -> None:
    cls = Name(f"ctypes.{name}")
    function = getattr(stage.creator, maker)
    expect_raises(lambda: function(cls), f"{maker}({cls})", "TypeError")


@check(
    "types.type-is-checked-before-lock",
    kind=each_of([*_NON_TYPES, "w", "Z"]),
    maker=st.sampled_from(["Value", "Array"]),
)
def test_type_is_checked_before_lock(stage: Stage, kind: Any, maker: str) -> None:
    creator = stage.creator
    args: tuple[Any, ...] = (2,) if maker == "Array" else ()
    context = creator.call(spies.RecordingContext, creator.call(processes.context))
    spy = creator.call(spies.SpyLock)
    for keywords in ({"lock": spy}, {"ctx": context}, {"lock": True, "ctx": context}):
        made = attempt(lambda k=keywords: getattr(creator, maker)(kind, *args, **k))  # type: ignore[misc]
        if made.how != "raised":
            # Refusing it is judged by another clause.
            return
    what = f"{maker}({code_of(kind)}) was refused"
    expect(spy.events, [], f"what was done with the given lock when {what}")
    expect(len(context.given), 0, f"the number of locks that were created when {what}")


# Any type of ctypes.

# Types that `shapes` leaves out.
_MORE = ("c_longdouble", "c_char_p", "c_wchar_p", "c_ssize_t", pointer("c_int"))
_POINTERS = tuple(
    pointer(name) for name in ("c_int", "c_char", array(3, "c_short"), pointer("c_double"))
)


@check(
    "types.class-is-preserved",
    names=st.lists(
        st.one_of(
            shapes.names(shapes.TYPES, shapes.ARRAYS_OF_ARRAYS, shapes.SIMPLE_TYPES),
            st.sampled_from([*_MORE, *_POINTERS]),
        ),
        min_size=1,
        max_size=6,
    ),
)
def test_class_is_preserved(stage: Stage, names: list[str]) -> None:
    for name in names:
        wrapped = actor_shapes.read(name).kind != "pointer"
        _expect_class(stage, CType(name), CType(name), wrapped)


# What is recorded.


@observation("types.newer-array-typecodes")
def test_newer_array_typecodes(stage: Stage) -> list[str]:
    known = stage.creator.call("builtins.list", Name("array.typecodes"))
    made = {code: attempt(lambda c=code: stage.creator.RawValue(c)) for code in known}  # type: ignore[misc]
    return sorted(code for code, outcome in made.items() if outcome.how == "raised")

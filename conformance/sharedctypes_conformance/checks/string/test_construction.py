"""Area `string`: initializers of char arrays, wide arrays and single characters."""

from __future__ import annotations

from functools import partial
from typing import Any

from hypothesis import strategies as st

from ...actors.objects import char_arrays
from ...actors.objects.char_arrays import BUFFERS
from ...actors.runtime.type_names import array
from ...stage.actor import Actor, actor_of
from ...stage.descriptions import Description
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies import strings, values
from ...strategies.accesses import Access, get_attribute, set_attribute
from ..kit.check import check
from ..kit.observe import attempt, expect, expect_same
from ..kit.twins import bytes_of, same_as_twin
from ..kit.views import VIEWS, seen

_WHO = st.sampled_from(["creator", "child"])
_INHERITED = Description("RawArray", "c", (1,))


def _maker(stage: Stage, who: str) -> Actor:
    """Return the actor that constructs the objects: a child can use the backend as well."""
    actor: Actor = actor_of(stage.pool.take(_INHERITED).seen_by(who))
    return actor


def _array(actor: Actor, maker: str, kind: str | CType, init: Any, lock: str | bool) -> Handle:
    """Construct an array and return it without its wrapper."""
    made = Description(maker, kind, (init,), lock)
    obj: Handle = made.create(actor)
    return obj if made.is_raw else obj.get_obj()


_MAKERS: list[tuple[str, str | bool]] = [
    ("RawArray", True),
    ("Array", True),
    ("Array", False),
    ("Array", "Lock"),
    ("Array", "RLock"),
]
_MAKER = st.sampled_from(_MAKERS)
_C = st.sampled_from(["c", CType("c_char")])
_U = st.sampled_from(["u", CType("c_wchar")])


@check(
    "string.has-no-terminator",
    drawn=st.lists(st.tuples(_MAKER, _C, strings.texts(0, 40)), min_size=1, max_size=3),
    who=_WHO,
)
def test_has_no_terminator(stage: Stage, drawn: list[Any], who: str) -> None:
    actor = _maker(stage, who)
    for (maker, lock), kind, text in drawn:
        what = f"{Description(maker, kind, (text,), lock)} constructed by the {who}"
        made = _array(actor, maker, kind, text, lock)
        expect(len(made), len(text), f"the length of {what}")
        expect(bytes_of(made), text, f"the bytes of {what}")
        expect(made.raw, text, f"raw of {what}")


def _expect_same_as_ctypes(
    stage: Stage, who: str, element: str, drawn: list[tuple[tuple[str, Any], Any, Any]]
) -> None:
    """Raise NotKept unless initializers give the arrays or exceptions that they give in ctypes."""
    actor = _maker(stage, who)
    for (maker, lock), kind, given in drawn:
        init = actor.call(char_arrays.buffer_of, *given) if _is_buffer(given) else given
        plain = attempt(partial(actor.call, char_arrays.array_from, CType(element), init))
        made = attempt(partial(_array, actor, maker, kind, init, lock))
        expect_same(
            made, plain, f"{Description(maker, kind, (given,), lock)} constructed by the {who}"
        )


def _is_buffer(given: Any) -> bool:
    """Return whether a drawn value is the kind of a buffer and its bytes."""
    return isinstance(given, tuple) and bool(given) and given[0] in _KINDS


_KINDS = tuple(BUFFERS)
_SINGLE = st.one_of(
    st.integers(0, 255),
    strings.texts(1, 1),
    strings.texts(1, 1).map(bytearray),
)
_SEQUENCES = st.one_of(
    st.tuples(st.sampled_from(_KINDS), strings.texts(0, 20)),
    st.lists(_SINGLE, max_size=8),
    st.lists(_SINGLE, max_size=8).map(tuple),
    st.builds(range, st.integers(0, 5), st.integers(0, 256), st.integers(20, 60)),
)


@check(
    "string.takes-single-bytes-as-initializer",
    drawn=st.lists(st.tuples(_MAKER, _C, _SEQUENCES), min_size=1, max_size=3),
    who=_WHO,
)
def test_takes_single_bytes_as_initializer(stage: Stage, drawn: list[Any], who: str) -> None:
    _expect_same_as_ctypes(stage, who, "c_char", drawn)


def _with_one(good: st.SearchStrategy[Any], bad: st.SearchStrategy[Any]) -> Any:
    """Return lists with one invalid item."""
    return st.builds(
        lambda before, item, after: [*before, item, *after],
        st.lists(good, max_size=3),
        bad,
        st.lists(good, max_size=3),
    )


_NON_BYTE = st.one_of(
    values.misfits.filter(lambda item: item != 7),
    st.integers(256, 2**70),
    st.integers(-(2**70), -1),
    strings.texts(2, 4),
    st.just(bytearray(b"ab")),
)


@check(
    "string.refuses-text-as-initializer",
    drawn=st.lists(
        st.tuples(_MAKER, _C, st.one_of(strings.wide_texts(1, 6), _with_one(_SINGLE, _NON_BYTE))),
        min_size=1,
        max_size=3,
    ),
    who=_WHO,
)
def test_refuses_text_as_initializer(stage: Stage, drawn: list[Any], who: str) -> None:
    _expect_same_as_ctypes(stage, who, "c_char", drawn)


_CHARACTERS = st.lists(values.wide_characters, max_size=8)
# Python's texts have them, and ctypes takes them, but they cannot be encoded.
_SURROGATES = st.sampled_from(["\ud800", "a\udc80", "\ud83d\ude00b"])
_NON_CHARACTER: st.SearchStrategy[Any] = st.sampled_from(
    [None, "", "ab", b"a", 97, 1.5, [], ("a",)]
)


@check(
    "string.wide-arrays-take-text-as-initializer",
    drawn=st.lists(
        st.tuples(
            _MAKER,
            _U,
            st.one_of(
                strings.wide_texts(0, 20),
                _SURROGATES,
                _CHARACTERS,
                _CHARACTERS.map(tuple),
                _with_one(values.wide_characters, _NON_CHARACTER),
                strings.texts(1, 8),
            ),
        ),
        min_size=1,
        max_size=3,
    ),
    who=_WHO,
)
def test_wide_arrays_take_text_as_initializer(stage: Stage, drawn: list[Any], who: str) -> None:
    _expect_same_as_ctypes(stage, who, "c_wchar", drawn)


# Value with an array type.

_LOCKS = st.sampled_from(["raw", True, False, "Lock", "RLock"])
_ITEMS = st.one_of(
    st.lists(_SINGLE, max_size=7),
    strings.texts(0, 7).map(list),
    # One byte string of several bytes is one item, not an initializer.
    strings.texts(1, 3).map(lambda text: [text]),
    _with_one(_SINGLE, _NON_BYTE),
)


@check(
    "string.value-takes-char-array-type",
    drawn=st.lists(st.tuples(_LOCKS, st.integers(0, 6), _ITEMS), min_size=1, max_size=3),
    who=_WHO,
)
def test_value_takes_char_array_type(stage: Stage, drawn: list[Any], who: str) -> None:
    actor = _maker(stage, who)
    for how, length, items in drawn:
        raw = how == "raw"
        kind = CType(array(length, "c_char"))
        made = Description("RawValue" if raw else "Value", kind, tuple(items), True if raw else how)
        what = f"{made} constructed by the {who}"
        got: list[Handle] = []
        outcome = attempt(partial(_object, made, actor, got))
        plain: list[Handle] = []
        wanted = attempt(partial(_constructed, kind, items, actor, plain))
        expect_same(outcome, wanted, what)
        for one, other in zip(got, plain, strict=True):
            for attribute in ("value", "raw"):
                expect(getattr(one, attribute), getattr(other, attribute), f"{attribute} of {what}")


def _object(made: Description, actor: Actor, made_objects: list[Handle]) -> Handle:
    """Construct an object, append it to `made_objects`, and return it without its wrapper."""
    obj = _remembered(made.create(actor), made_objects)
    if made.is_raw:
        return obj
    wrapped: Handle = obj.get_obj()
    return wrapped


def _constructed(kind: CType, items: list[Any], actor: Actor, made_objects: list[Handle]) -> Handle:
    return _remembered(actor.call(kind, *items), made_objects)


def _remembered(made: Handle, made_objects: list[Handle]) -> Handle:
    made_objects.append(made)
    return made


# Single characters.

_CODES = {"c": "c_char", "u": "c_wchar"}
_ONE_BYTE = st.one_of(_SINGLE, strings.texts(1, 1), _NON_BYTE)
_ONE_CHARACTER = st.one_of(values.wide_characters, values.wide_characters, _NON_CHARACTER)
_CHARACTER_OBJECTS: dict[Description, st.SearchStrategy[Access]] = {}
for _code, _item in (("c", _ONE_BYTE), ("u", _ONE_CHARACTER)):
    for _one in (
        Description("RawValue", _code),
        Description("RawValue", CType(_CODES[_code])),
        Description("Value", _code, lock=False),
        Description("Value", _code),
        Description("Value", CType(_CODES[_code]), lock="Lock"),
        Description("Value", _code, lock="RLock"),
    ):
        _CHARACTER_OBJECTS[_one] = st.one_of(
            st.just(get_attribute("value")), st.builds(set_attribute, st.just("value"), _item)
        )


@check(
    "string.single-character-is-not-a-string",
    drawn=strings.with_accesses(_CHARACTER_OBJECTS),
    view=VIEWS,
)
def test_single_character_is_not_a_string(stage: Stage, drawn: Any, view: str) -> None:
    for description, operations in drawn:
        shared = stage.pool.take(description, tuple(_CHARACTER_OBJECTS))
        code = description.type if isinstance(description.type, str) else ""
        kind = CType(_CODES.get(code) or description.type.name)
        plain = stage.creator.call(kind)
        operations = [*operations, get_attribute("value")]
        same_as_twin(operations, seen(shared, view), shared.raw, f"{description}", plain)

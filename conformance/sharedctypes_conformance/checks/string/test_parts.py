"""Area `string`: items and slices of strings, and strings that are rows or fields."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ...actors.objects import char_arrays
from ...actors.runtime import memory, parts
from ...actors.runtime.type_names import array, structure
from ...stage.descriptions import Description
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies import members, strings
from ...strategies.accesses import Access, get_item, set_item
from ...strategies.strings import CHARS, several
from ...strategies.tables import each_of
from ..kit.check import check
from ..kit.twins import each_same_as_twin, same_as_twin
from ..kit.views import VIEWS, seen

_Drawn = list[tuple[Description, bytes, list[Access]]]


def _some(operation: st.SearchStrategy[Access]) -> st.SearchStrategy[list[Access]]:
    return st.lists(operation, min_size=1, max_size=4)


def _compare(stage: Stage, drawn: _Drawn, view: str) -> None:
    creator = stage.creator
    for description, held, operations in drawn:
        shared = stage.pool.take(description, CHARS)
        creator.call(memory.fill, shared.raw, held)
        length = strings.length_of(description)
        plain = creator.call(char_arrays.array_of, CType("c_char"), length, held)
        steps = [(seen(shared, view), operation) for operation in operations]
        each_same_as_twin(steps, shared.raw, f"{description} that holds {held!r}", plain)


# Items and slices.

_ITEM = st.one_of(
    st.integers(0, 255),
    strings.texts(1, 1),
    strings.texts(1, 1).map(bytearray),
    st.sampled_from([-1, 256, 2**70, b"", b"ab", bytearray(), bytearray(b"ab"), "a", None, 1.5]),
)


@check(
    "string.items-are-single-bytes",
    drawn=several(CHARS, lambda length: _some(members.item_accesses(length, _ITEM))),
    view=VIEWS,
)
def test_items_are_single_bytes(stage: Stage, drawn: _Drawn, view: str) -> None:
    _compare(stage, drawn, view)


def _slice_accesses(length: int) -> st.SearchStrategy[Access]:
    """Return reads and assignments of slices, most of them of as many bytes as fit."""

    def assignment(part: slice, text: bytes, surplus: int, kind: Any) -> Access:
        return set_item(part, kind(members.sequences_for(part, length, list(text), surplus)))

    def singly(items: list[int]) -> list[bytes]:
        return [bytes([item]) for item in items]

    part = members.slices(length)
    return st.one_of(
        part.map(get_item),
        st.builds(
            assignment,
            part,
            strings.texts(1, 4),
            st.sampled_from([0, 0, 0, 0, 1, -1]),
            st.sampled_from([bytes, bytes, bytearray, list, tuple, singly]),
        ),
        st.builds(set_item, part, st.sampled_from([b"", b"ab", "ab", 1, None, ["a"], [b"ab"]])),
    )


@check(
    "string.slices-are-bytes",
    drawn=several(CHARS, lambda length: _some(_slice_accesses(length))),
    view=VIEWS,
)
def test_slices_are_bytes(stage: Stage, drawn: _Drawn, view: str) -> None:
    _compare(stage, drawn, view)


# Strings at the end of a path of fields and indices.


def _read(*path: Any) -> Access:
    return Access(parts.read_at, (path,))


def _assign(path: tuple[Any, ...], value: Any) -> Access:
    return Access(parts.assign_at, (path, value))


_NON_TEXT: st.SearchStrategy[Any] = st.sampled_from(["", "ab", None, 5, [], (), 1.5])


def _text_at(path: tuple[Any, ...], length: int) -> st.SearchStrategy[Access]:
    """Return reads and assignments of bytes, some too long, some not bytes at all."""
    return st.one_of(
        st.just(_read(*path)),
        strings.texts(0, length).map(lambda text: _assign(path, text)),
        strings.texts(0, length + 2).map(lambda text: _assign(path, text)),
        _NON_TEXT.map(lambda text: _assign(path, text)),
    )


# Rows. They stay in their creator: the standard library cannot pass them to a spawned child.

_WIDTH, _ROWS = 5, 3
_ROW, _GRID = array(_WIDTH, "c_char"), array(_ROWS, array(_WIDTH, "c_char"))
_GRIDS = [
    Description("RawArray", CType(_ROW), (_ROWS,)),
    Description("Array", CType(_ROW), (_ROWS,), lock=False),
    Description("RawValue", CType(_GRID)),
    Description("Array", CType(_ROW), (_ROWS,)),
    Description("Array", CType(_ROW), (_ROWS,), lock="Lock"),
    Description("Value", CType(_GRID)),
]


def _row_accesses(row: int) -> st.SearchStrategy[Access]:
    return st.one_of(
        _text_at((row, "value"), _WIDTH),
        _text_at((row, "raw"), _WIDTH),
        st.builds(
            lambda column, item: _assign((row, column), item), members.indices(_WIDTH), _ITEM
        ),
        st.builds(lambda part: _read(row, part), members.slices(_WIDTH)),
        # A row can be assigned a row or a tuple of items: text is neither.
        st.one_of(strings.texts(0, 6), strings.texts(1, 5).map(tuple)).map(
            lambda text: _assign((row,), text)
        ),
    )


@check(
    "string.rows-are-strings",
    description=each_of(_GRIDS),
    held=strings.contents(_WIDTH * _ROWS),
    operations=st.lists(
        st.one_of([_row_accesses(row) for row in range(-_ROWS, _ROWS)]), min_size=2, max_size=7
    ),
)
def test_rows_are_strings(
    stage: Stage, description: Description, held: bytes, operations: list[Access]
) -> None:
    creator = stage.creator
    obj: Handle = description.create(creator)
    raw = obj if description.is_raw else obj.get_obj()
    creator.call(memory.fill, raw, held)
    plain = creator.call(char_arrays.array_of, CType(_ROW), _ROWS, held)
    same_as_twin(operations, obj, raw, f"{description} that holds {held!r}", plain)


# Fields.

_NAMES = structure(("a", array(3, "c_char")), ("b", array(1, "c_char")), ("c", array(5, "c_char")))
_PACKED = structure(("n", "c_int"), ("name", array(8, "c_char")), ("m", "c_short"), pack=1)
_UNION = structure(("text", array(6, "c_char")), ("n", "c_longlong"), kind="union")
_NESTED = structure(("m", "c_short"), ("at", _NAMES), ("end", array(2, "c_char")))
_WIDE = structure(("w", array(3, "c_wchar")), ("x", array(1, "c_wchar")), ("n", "c_int"))

_BYTE_FIELDS: list[tuple[str, tuple[Any, ...], int]] = [
    (_NAMES, ("a",), 3),
    (_NAMES, ("b",), 1),
    (_NAMES, ("c",), 5),
    (_PACKED, ("name",), 8),
    (_UNION, ("text",), 6),
    (_NESTED, ("at", "a"), 3),
    (_NESTED, ("at", "b"), 1),
    (_NESTED, ("at", "c"), 5),
    (_NESTED, ("end",), 2),
]
_WIDE_FIELDS: list[tuple[str, tuple[Any, ...], int]] = [(_WIDE, ("w",), 3), (_WIDE, ("x",), 1)]


def _wide_text_at(path: tuple[Any, ...], length: int) -> st.SearchStrategy[Access]:
    return st.one_of(
        st.just(_read(*path)),
        strings.wide_texts(0, length).map(lambda text: _assign(path, text)),
        strings.wide_texts(0, length + 2).map(lambda text: _assign(path, text)),
        st.sampled_from([b"", b"ab", None, 5, [], (), 1.5]).map(lambda text: _assign(path, text)),
    )


_FIELDS: dict[Description, st.SearchStrategy[Access]] = {}
for _place, _type in enumerate((_NAMES, _PACKED, _UNION, _NESTED, _WIDE)):
    _each = [_text_at(path, length) for one, path, length in _BYTE_FIELDS if one == _type]
    _each += [_wide_text_at(path, length) for one, path, length in _WIDE_FIELDS if one == _type]
    _FIELDS[Description("RawValue", CType(_type))] = st.one_of(_each)
    _FIELDS[Description("Value", CType(_type), lock=(True, "Lock", "RLock")[_place % 3])] = (
        st.one_of(_each)
    )


@check("string.fields-are-strings", drawn=strings.with_accesses(_FIELDS), view=VIEWS)
def test_fields_are_strings(
    stage: Stage, drawn: list[tuple[Description, list[Access]]], view: str
) -> None:
    creator = stage.creator
    for description, operations in drawn:
        shared = stage.pool.take(description, tuple(_FIELDS))
        plain = creator.call(description.type)
        if description.type != CType(_WIDE):
            # Not zero, to see zeros that are written beyond the field; most are no text.
            size = creator.call("ctypes.sizeof", plain)
            for obj in (plain, shared.raw):
                creator.call(memory.fill, obj, bytes(range(1, size + 1)))
        same_as_twin(operations, seen(shared, view), shared.raw, f"{description}", plain)

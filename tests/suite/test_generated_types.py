"""Generated types: ctypes takes each of them, and each of the values drawn for it."""

import ctypes
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharedctypes_conformance.actors.runtime import memory as memory_of
from sharedctypes_conformance.actors.runtime import parts
from sharedctypes_conformance.actors.runtime import type_names as shapes
from sharedctypes_conformance.strategies import filling
from sharedctypes_conformance.strategies import type_names as sorts

SORTS = {name: getattr(sorts, name) for name in dir(sorts) if name.isupper() and name[0] != "_"}
SORTS = {name: sort for name, sort in SORTS.items() if callable(sort)}
MARGIN = 64


@pytest.mark.parametrize("sort", SORTS.values(), ids=SORTS)
@given(data=st.data())
@settings(max_examples=50, deadline=None, database=None)
def test_ctypes_takes_what_is_drawn(sort: sorts.Sort, data: st.DataObject) -> None:
    drawn = data.draw(filling.filled(sort))
    made = getattr(shapes, drawn.type.name)
    size = ctypes.sizeof(made)
    memory = bytearray(size) + b"\xa5" * MARGIN
    obj = made.from_buffer(memory)
    obj.__init__(*drawn.args)
    assert bytes(memory[:size]) == bytes(made(*drawn.args))
    for path, value in drawn.assignments:
        parts.assign_at(obj, path, value)
        parts.read_at(obj, path)
    memory_of.values_in(obj)
    assert memory[size:] == b"\xa5" * MARGIN, "a place lies outside of its object"


@given(data=st.data())
@settings(max_examples=50, deadline=None, database=None)
def test_every_place_can_be_read(data: st.DataObject) -> None:
    name = data.draw(sorts.names(sorts.TYPES, sorts.ARRAYS_OF_ARRAYS))
    obj = getattr(shapes, name)()
    for place in filling.places(name):
        parts.read_at(obj, place.path)


@pytest.mark.parametrize(
    ("sort", "mark"),
    [
        ("PACKED", "packed__"),
        ("BIT_FIELDS", "__bits__"),
        ("UNIONS", "union__"),
        ("WITH_ARRAYS", "__array__"),
        ("ANONYMOUS", "anonymous__"),
        ("INHERITING", "extends__"),
        ("OTHER_ORDER", "bigendian__"),
        ("ARRAYS_OF_ARRAYS", "array__"),
    ],
)
@given(data=st.data())
@settings(max_examples=20, deadline=None, database=None)
def test_a_sort_has_what_it_is_named_after(sort: str, mark: str, data: st.DataObject) -> None:
    assert mark in data.draw(sorts.names(SORTS[sort]))


def test_a_subclass_of_a_simple_type_is_found_by_its_name() -> None:
    made = getattr(shapes, shapes.subclass("c_int"))
    assert made.__bases__ == (ctypes.c_int,)
    assert getattr(sys.modules[made.__module__], made.__name__) is made
    assert str(shapes.read(shapes.array(2, made.__name__))) == "subclass of c_int * 2"


def test_a_pointer_type_is_ctypes_own() -> None:
    name = shapes.pointer(shapes.array(2, "c_int"))
    made = getattr(shapes, name)
    assert made is ctypes.POINTER(ctypes.c_int * 2)
    assert shapes.name_of(made) == name
    assert str(shapes.read(name)) == "POINTER(c_int * 2)"

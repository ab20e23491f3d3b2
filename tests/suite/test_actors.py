"""The wire and the types by name: what the two ends of a stage have to agree on."""

import ctypes
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedctypes_conformance.actors.runtime import type_names as shapes
from sharedctypes_conformance.actors.runtime import wire
from sharedctypes_conformance.strategies import objects

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.binary()
    | st.floats(allow_nan=False),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
)


def refuse(what: object) -> None:
    raise AssertionError(f"{what!r} was taken for an object")


def channels() -> tuple[wire.Channel, wire.Channel]:
    one, other = socket.socketpair()
    return wire.Channel(one, refuse, refuse), wire.Channel(other, refuse, refuse)


@given(PLAIN)
def test_plain_data_crosses_by_value(message: object) -> None:
    one, other = channels()
    one.send(message)
    assert other.receive() == message
    one.close()
    other.close()


@pytest.mark.parametrize("message", [slice(1, None, -2), range(3), bytearray(b"x"), 1j])
def test_what_pickle_names_by_class_is_plain_too(message: object) -> None:
    one, other = channels()
    one.send(message)
    assert other.receive() == message
    one.close()
    other.close()


def test_a_subclass_of_int_is_not_plain() -> None:
    class Odd(int):
        pass

    one, other = channels()
    with pytest.raises(AssertionError, match="taken for an object"):
        one.send([Odd(3)])
    one.close()
    other.close()


def test_the_end_of_the_other_side_is_told_from_silence() -> None:
    one, other = channels()
    one.close()
    with pytest.raises(wire.Closed):
        other.receive()
    other.close()


@pytest.mark.parametrize("name", objects.FIELDS)
def test_a_structure_is_rebuilt_from_its_name(name: str) -> None:
    made = getattr(shapes, name)
    assert made.__name__ == shapes.read(name).name == name
    assert getattr(shapes, name) is made
    assert made.__module__ == shapes.__name__


def test_options_reach_the_type() -> None:
    assert ctypes.sizeof(getattr(shapes, objects.PACKED)) == 11
    assert bytes(getattr(shapes, objects.BIG_ENDIAN)(1))[:4] == b"\0\0\0\1"
    assert getattr(shapes, objects.BITS)(0xFF).low == 7
    assert getattr(shapes, objects.ANONYMOUS)(x=2.5).inner.x == 2.5
    derived = getattr(shapes, objects.DERIVED)(1.0, 2.0, 3.0)
    assert (derived.x, derived.z) == (1.0, 3.0)
    assert issubclass(type(derived), getattr(shapes, objects.POINT))


def test_field_names_with_underscores_stay_whole() -> None:
    made = getattr(shapes, shapes.structure(("_obj", "c_int"), ("a__b_", "c_char")))
    assert [field[0] for field in made._fields_] == ["_obj", "a__b_"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("c_int", "c_int"),
        (shapes.array(3, "c_int"), "c_int * 3"),
        (objects.PACKED, "Structure(a: c_byte, d: c_double, h: c_ushort, _pack_ = 1)"),
        (objects.BITS, "Structure(low: c_uint : 3, mid: c_uint : 12, rest: c_uint : 17)"),
        (objects.NUMBER, "Union(i: c_int, f: c_float, b: c_ubyte * 8)"),
        (objects.BIG_ENDIAN, "BigEndianStructure(n: c_uint, d: c_double)"),
        (objects.DERIVED, "Structure(x: c_double, y: c_double)(z: c_double)"),
    ],
)
def test_a_type_is_put_into_words(name: str, words: str) -> None:
    assert str(shapes.read(name)) == words


@pytest.mark.parametrize(
    "name",
    ["nothing", "struct__2__x__c_int", "c_int__c_int", "c_none", "array__x__c_int", "__path__"],
)
def test_a_name_that_describes_nothing_is_no_attribute(name: str) -> None:
    assert not hasattr(shapes, name)

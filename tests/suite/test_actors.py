"""The wire and the types by name: what the two ends of a stage have to agree on."""

import ctypes
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharedctypes_conformance.actors.runtime import records, serve, type_names, wire
from sharedctypes_conformance.stage.names import Name
from sharedctypes_conformance.stage.stage import Stage
from sharedctypes_conformance.strategies import objects

from .judging import stage_for

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


def test_an_actor_imports_little() -> None:
    # Each spawned child imports this anew, hundreds of times in a run.
    code = (
        "import sys; before = set(sys.modules);"
        "from sharedctypes_conformance.actors.runtime import processes;"
        "print(*(set(sys.modules) - before))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = run.stdout.split()
    assert "sharedctypes_conformance.actors.runtime.serve" in imported
    assert not {"dataclasses", "inspect", "ast", "json"} & set(imported)


@given(PLAIN)
def test_plain_data_is_sent_by_value(message: object) -> None:
    one, other = channels()
    one.send(message)
    assert other.receive() == message
    one.close()
    other.close()


@pytest.mark.parametrize("message", [slice(1, None, -2), range(3), bytearray(b"x"), 1j])
def test_what_pickle_sends_by_class_is_plain_data_too(message: object) -> None:
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


HELLO = serve.Hello(3, 100, 101, dumps_stacks=True)


def test_a_record_is_sent_by_value_wherever_it_is() -> None:
    one, other = channels()
    one.send({"first": [HELLO, (HELLO._replace(number=4),)], "class": serve.Hello})
    received = other.receive()
    assert received == {"first": [HELLO, (HELLO._replace(number=4),)], "class": serve.Hello}
    assert type(received["first"][0]) is serve.Hello
    one.close()
    other.close()


class Unregistered(NamedTuple):
    number: int


class Derived(serve.Hello):
    pass


@pytest.mark.parametrize("other", [Unregistered(3), Derived(3, 100, 101, True), Unregistered])
def test_what_is_not_registered_itself_is_no_record(other: object) -> None:
    one, another = channels()
    with pytest.raises(AssertionError, match="taken for an object"):
        one.send([other])
    one.close()
    another.close()


def test_the_fields_of_a_record_are_sent_like_anything_else() -> None:
    one, another = channels()
    hollow: Any = HELLO._replace(number=Unregistered(3))  # type: ignore[arg-type]  # on purpose
    with pytest.raises(AssertionError, match="taken for an object"):
        one.send(hollow)
    one.close()
    another.close()


@pytest.mark.parametrize(
    "cls",
    [Unregistered, type("Bare", (), {"__module__": serve.__name__})],
    ids=["elsewhere", "no tuple"],
)
def test_only_a_named_tuple_of_the_actors_is_registered(cls: Any) -> None:
    with pytest.raises(TypeError, match="no named tuple"):
        records.record(cls)


@pytest.mark.parametrize(
    "name", ["runtime.serve.serve", "runtime.records.importlib", "runtime.serve.Nothing"]
)
def test_a_record_is_looked_for_among_those_registered(name: str) -> None:
    with pytest.raises(LookupError, match="has no record"):
        records.find(name)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    stage = stage_for("honest.plain", "fork")
    yield stage
    stage.close()


def test_a_record_is_sent_to_an_interpreter_where_its_class_has_another_name(stage: Stage) -> None:
    creator = stage.creator
    assert creator.call("builtins.repr", HELLO) == repr(HELLO)
    returned = creator.call(serve.Hello, 3, 100, 101, dumps_stacks=True)
    assert returned == HELLO
    assert type(returned) is serve.Hello
    assert creator.call("builtins.isinstance", HELLO, serve.Hello)
    assert creator.call(Name("sharedctypes_actors.runtime.records.is_record"), HELLO)


def test_a_record_is_shown_as_code(stage: Stage) -> None:
    stage.begin_example()
    lock = stage.creator.Lock()
    stage.creator.call("operator.getitem", (serve.Hello(3, lock, 101, True), HELLO), 1)
    assert stage.history.lines()[1] == (
        "creator: (Hello(number=3, pid=lock_1, thread=101, dumps_stacks=True, backend=''), "
        "Hello(number=3, pid=100, thread=101, dumps_stacks=True, backend=''))[1]"
        "  # Hello(number=3, pid=100, thread=101, dumps_stacks=True, backend='')"
    )


def test_a_closed_connection_is_distinguished_from_silence() -> None:
    one, other = channels()
    one.close()
    with pytest.raises(wire.Closed):
        other.receive()
    other.close()


@pytest.mark.parametrize("name", objects.FIELDS)
def test_a_structure_is_rebuilt_from_its_name(name: str) -> None:
    made = getattr(type_names, name)
    assert made.__name__ == type_names.read(name).name == name
    assert getattr(type_names, name) is made
    assert made.__module__ == type_names.__name__


def test_options_reach_the_type() -> None:
    assert ctypes.sizeof(getattr(type_names, objects.PACKED)) == 11
    assert bytes(getattr(type_names, objects.BIG_ENDIAN)(1))[:4] == b"\0\0\0\1"
    assert getattr(type_names, objects.BITS)(0xFF).low == 7
    assert getattr(type_names, objects.ANONYMOUS)(x=2.5).inner.x == 2.5
    derived = getattr(type_names, objects.DERIVED)(1.0, 2.0, 3.0)
    assert (derived.x, derived.z) == (1.0, 3.0)
    assert issubclass(type(derived), getattr(type_names, objects.POINT))


def test_field_names_with_underscores_stay_whole() -> None:
    made = getattr(type_names, type_names.structure(("_obj", "c_int"), ("a__b_", "c_char")))
    assert [field[0] for field in made._fields_] == ["_obj", "a__b_"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("c_int", "c_int"),
        (type_names.array(3, "c_int"), "c_int * 3"),
        (objects.PACKED, "Structure(a: c_byte, d: c_double, h: c_ushort, _pack_ = 1)"),
        (objects.BITS, "Structure(low: c_uint : 3, mid: c_uint : 12, rest: c_uint : 17)"),
        (objects.NUMBER, "Union(i: c_int, f: c_float, b: c_ubyte * 8)"),
        (objects.BIG_ENDIAN, "BigEndianStructure(n: c_uint, d: c_double)"),
        (objects.DERIVED, "Structure(x: c_double, y: c_double)(z: c_double)"),
    ],
)
def test_a_type_is_shown_as_text(name: str, words: str) -> None:
    assert str(type_names.read(name)) == words


@pytest.mark.parametrize(
    "name",
    ["nothing", "struct__2__x__c_int", "c_int__c_int", "c_none", "array__x__c_int", "__path__"],
)
def test_a_name_that_describes_nothing_is_no_attribute(name: str) -> None:
    assert not hasattr(type_names, name)

"""Raw objects are ordinary ctypes objects, made as ctypes makes them."""

from __future__ import annotations

import array
import ctypes
import inspect
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .backend import backend
from .targets import Padded, Point

CODES = "cubBhHiIlLqQfd"
ANYTHING = st.one_of(
    st.integers(), st.floats(), st.text(max_size=2), st.binary(max_size=2), st.none(), st.booleans()
)
NO_TYPES: list[Any] = [
    *["x", "w", "", "ii", "?", b"i", 3, None, int, list, [], {}, ctypes.c_int(3), Point(1, 2)],
    *[ctypes.Structure, ctypes.Union, ctypes.BigEndianStructure, ctypes._SimpleCData, ctypes.Array],
]


def outcome(make: Any) -> Any:
    """What a call gives: the bytes of an object, or the class of an exception."""
    try:
        made = make()
    except Exception as error:
        return type(error)
    return type(made), bytes(made)


def type_of(code: str) -> Any:
    return type(backend.RawValue(code))


def test_names_and_signatures() -> None:
    assert sorted(backend.__all__) == sorted(
        ["RawValue", "RawArray", "Value", "Array", "copy", "synchronized"]
    )
    expected = {
        "RawValue": ["typecode_or_type", "*args"],
        "RawArray": ["typecode_or_type", "size_or_initializer"],
        "Value": ["typecode_or_type", "*args", "lock=True", "ctx=None"],
        "Array": ["typecode_or_type", "size_or_initializer", "lock=True", "ctx=None"],
        "copy": ["obj"],
        "synchronized": ["obj", "lock=None", "ctx=None"],
    }
    for name, wanted in expected.items():
        parameters = inspect.signature(getattr(backend, name)).parameters.values()
        found = [
            ("*" if each.kind is each.VAR_POSITIONAL else "")
            + each.name
            + ("" if each.default is each.empty else f"={each.default}")
            for each in parameters
        ]
        assert found == wanted


@given(st.sampled_from(CODES), st.lists(ANYTHING, max_size=2))
def test_values_are_made_as_ctypes_makes_them(code: str, arguments: list[Any]) -> None:
    type_ = type_of(code)
    wanted = outcome(lambda: type_(*arguments))
    assert outcome(lambda: backend.RawValue(code, *arguments)) == wanted
    assert outcome(lambda: backend.RawValue(type_, *arguments)) == wanted


@given(st.sampled_from(CODES), st.lists(ANYTHING, max_size=4))
def test_arrays_are_made_as_ctypes_makes_them(code: str, items: list[Any]) -> None:
    type_ = type_of(code)
    wanted = outcome(lambda: (type_ * len(items))(*items))
    assert outcome(lambda: backend.RawArray(code, items)) == wanted
    assert outcome(lambda: backend.RawArray(type_, tuple(items))) == wanted


@pytest.mark.parametrize(
    ("code", "items"),
    [
        ("i", range(3)),
        ("B", b"ab"),
        ("c", bytearray(b"ab")),
        ("b", memoryview(b"ab")),
        ("u", "ab"),
        ("d", array.array("d", [1, 2])),
        ("i", (ctypes.c_int * 2)(3, 4)),
        ("i", {5: 6}),
        ("i", True),
        ("i", 0),
        ("i", []),
        (Point, [(1, 2), (3,), ()]),
    ],
)
def test_sequences_and_sizes(code: Any, items: Any) -> None:
    made = backend.RawArray(code, items)
    element = type_of(code)
    wanted = (element * items)() if isinstance(items, int) else (element * len(items))(*items)
    assert type(made) is type(wanted)
    assert bytes(made) == bytes(wanted)
    assert bytes(backend.RawArray(code, made)) == bytes(made)
    assert bytes(backend.RawArray(code, backend.synchronized(made))) == bytes(made)


@pytest.mark.parametrize(
    ("size", "errors"),
    [
        (-1, ValueError),
        (None, TypeError),
        (1.5, TypeError),
        (iter([1]), TypeError),
        (sys.maxsize, (OverflowError, MemoryError)),
        (sys.maxsize // 8, (OverflowError, MemoryError)),
        (2**70, OverflowError),
        (2**44, (OverflowError, MemoryError)),
    ],
)
def test_sizes_that_cannot_be(size: Any, errors: Any) -> None:
    for make in (backend.RawArray, backend.Array):
        with pytest.raises(errors):
            make("d", size)


@pytest.mark.parametrize("type_", NO_TYPES)
def test_what_is_no_type_is_refused(type_: Any) -> None:
    for make in (backend.RawValue, backend.Value):
        with pytest.raises(TypeError):
            make(type_)
    for make in (backend.RawArray, backend.Array):
        with pytest.raises(TypeError):
            make(type_, 2)


class Liar(list[int]):
    def __len__(self) -> int:
        return 40


def test_a_sequence_that_lies_about_its_length_sees_no_old_memory() -> None:
    used = [backend.RawArray("i", [77] * 40) for _ in range(20)]
    del used
    assert backend.RawArray("i", Liar([1, 2]))[:] == [1, 2] + [0] * 38


def test_a_failing_lock_or_type_makes_nothing() -> None:
    class Context:
        def RLock(self) -> None:
            raise AssertionError("no lock is wanted yet")

    for arguments in [("x",), (ctypes.POINTER(ctypes.c_int),), ("i", "text")]:
        with pytest.raises((TypeError, AttributeError)):
            backend.Value(*arguments, ctx=Context())


@given(st.binary(min_size=24, max_size=24), st.binary(min_size=24, max_size=24))
def test_a_copy_has_every_byte_and_a_life_of_its_own(image: bytes, other: bytes) -> None:
    source = Padded.from_buffer_copy(image)
    duplicate = backend.copy(source)
    assert type(duplicate) is Padded
    assert bytes(duplicate) == image
    ctypes.memmove(ctypes.addressof(source), other, 24)
    assert bytes(duplicate) == image
    again = backend.copy(duplicate)
    ctypes.memmove(ctypes.addressof(duplicate), other, 24)
    assert (bytes(again), bytes(source)) == (image, other)


def test_what_cannot_be_copied() -> None:
    for odd in (5, None, Point, backend.Value("i"), "i"):
        with pytest.raises(TypeError):
            backend.copy(odd)
    part = backend.RawArray(Point, [(1, 2)])[0]
    assert backend.copy(part).y == 2
    assert len(backend.copy(backend.RawArray("i", 0))) == 0


def test_instances_that_could_not_be_sent_are_refused() -> None:
    class Slotted(ctypes.Structure):
        __slots__ = ()
        _fields_ = [("x", ctypes.c_int)]

    if hasattr(Slotted(1), "__dict__"):  # PyPy
        return
    with pytest.raises((TypeError, AttributeError)):
        backend.RawValue(Slotted, 1)


class Doubling(array.array):  # type: ignore[type-arg]
    def __iter__(self) -> Any:
        return (2 * item for item in super().__iter__())


BUFFERS: list[Callable[[Any], Any]] = [
    lambda code: array.array(code, [1, 2, 100]),
    lambda code: memoryview(array.array(code, [1, 2, 100])),
    lambda code: memoryview(array.array(code, [1, 2, 100, 7]))[::2],
    lambda code: memoryview(array.array(code, [1, 2, 100, 7]))[1:],
    lambda code: Doubling(code, [1, 2, 100]),
    lambda code: (type_of(code) * 3)(1, 2, 100),
    lambda code: array.array(code),
    lambda code: (type_of(code) * 0)(),
]


@pytest.mark.parametrize("make", BUFFERS)
@pytest.mark.parametrize("code", "bBhHiIlLqQfd")
@pytest.mark.parametrize("type_", ["c", *CODES[2:], ctypes.c_bool, ctypes.c_int32.__ctype_be__])
def test_buffers_are_taken_as_their_items_are(type_: Any, code: str, make: Any) -> None:
    items = make(code)
    element = type_of(type_)
    wanted = outcome(lambda: (element * len(items))(*items))
    assert outcome(lambda: backend.RawArray(type_, items)) == wanted


@pytest.mark.parametrize("make", [bytes, bytearray, memoryview])
@pytest.mark.parametrize("type_", [*CODES, ctypes.c_bool])
def test_bytes_are_taken_as_their_items_are(type_: Any, make: Any) -> None:
    items = make(b"a\x80\xff")
    element = type_of(type_)
    wanted = outcome(lambda: (element * len(items))(*items))
    assert outcome(lambda: backend.RawArray(type_, items)) == wanted


def test_an_array_that_was_made_of_a_buffer_is_none_of_it() -> None:
    given = array.array("i", [1, 2])
    made = backend.RawArray("i", given)
    given.append(3)  # nothing refers to its memory any more
    given[0] = 9
    assert made[:] == [1, 2]


class Bits(ctypes.Structure):
    _fields_ = [("low", ctypes.c_uint, 3), ("rest", ctypes.c_uint, 17)]


def test_bit_fields_are_copied() -> None:
    assert (backend.copy(Bits(5, 70000)).low, backend.copy(Bits(5, 70000)).rest) == (5, 70000)

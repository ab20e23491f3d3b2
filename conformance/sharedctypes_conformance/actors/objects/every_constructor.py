"""One type, and shared objects of it by each of the constructors.

The functions here take the backend's RawValue, RawArray, Value and Array, in this order, and do
their work with all of them in one call. Outcomes are returned by the source text of the expression
that made, or stored, the object.
"""

from __future__ import annotations

import ctypes
import gc
import weakref
from array import array as array_of_the_module
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..runtime import type_names
from ..runtime.batches import in_words
from ..runtime.memory import contents, object_of, values_in
from ..runtime.parts import assign_at, read_at
from .custom_reducers import in_other_order

if TYPE_CHECKING:
    Makers = Sequence[Callable[..., Any]]
    # Each is a path and a value; see `parts.assign_at`.
    Assignments = Sequence[tuple[Sequence[Any], Any]]


def other_classes(makers: Makers, kind: Any, wanted: Any, wrapped: bool) -> dict[str, str]:
    """Return the expressions whose object is not of the wanted class or array, and its class.

    Value is left out unless the type can be wrapped.
    """
    raw_value, raw_array, value, array = makers
    made = {
        "RawValue(T)": (raw_value(kind), wanted),
        "RawArray(T, 2)": (raw_array(kind, 2), wanted * 2),
        "Array(T, 2).get_obj()": (array(kind, 2).get_obj(), wanted * 2),
    }
    if wrapped:
        made["Value(T).get_obj()"] = (value(kind).get_obj(), wanted)
    return {
        expression: f"{type(obj).__module__}.{type(obj).__qualname__}"
        for expression, (obj, cls) in made.items()
        if type(obj) is not cls
    }


def unlike_array(makers: Makers, items: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return where shared arrays of typecodes differ from those of the `array` module.

    `items` has some for each typecode. Return what differs, as it is and as it should be.
    """
    others = []
    for code, some in items.items():
        model = array_of_the_module(code, some)
        for name, obj in (
            ("RawArray", makers[1](code, model)),
            ("Array", makers[3](code, model).get_obj()),
        ):
            made = f"{name}({code!r}, array.array({code!r}, {some!r}))"
            size = ctypes.sizeof(obj) // len(some)
            got = (size, list(obj), contents(obj)[1].hex())
            wanted = (model.itemsize, list(model), model.tobytes().hex())
            for what, mine, theirs in zip(("itemsize", "items", "bytes"), got, wanted):
                if repr(mine) != repr(theirs):
                    others.append((f"{what} of {made}", repr(mine), repr(theirs)))
    return others


def used(
    makers: Makers, cls: Any, args: tuple[Any, ...], assignments: Assignments
) -> dict[str, list[str]]:
    """Make an object by each expression, and an ordinary one, and do the same to each.

    Return for each its bytes, the outcomes of each assignment and of reading the place after it,
    and in the end all values and the bytes again.
    """
    return {expression: _use(obj, assignments) for expression, obj in _each(makers, cls, args)}


def _each(makers: Makers, cls: Any, args: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    raw_value, raw_array, value, array = makers
    yield "T(*args)", cls(*args)
    yield "RawValue(T, *args)", raw_value(cls, *args)
    yield "Value(T, *args).get_obj()", value(cls, *args).get_obj()
    plain = cls(*args)
    elements = raw_array(cls, 3)
    elements[1] = plain
    yield "RawArray(T, 3)[1]", elements[1]
    elements = array(cls, [plain, plain]).get_obj()
    yield "Array(T, [obj, obj]).get_obj()[1]", elements[1]


def _use(obj: Any, assignments: Assignments) -> list[str]:
    outcomes = [contents(obj)[1].hex()]
    for path, value in assignments:
        outcomes.append(_outcome(assign_at, obj, path, value))
        outcomes.append(_outcome(read_at, obj, path))
    return [*outcomes, _outcome(values_in, obj), contents(obj)[1].hex()]


def _outcome(function: Callable[..., Any], *args: Any) -> str:
    try:
        return in_words(function(*args))
    except Exception as raised:  # whatever it raises is the outcome
        classes = [cls.__name__ for cls in type(raised).__mro__]
        return f"raises {', a '.join(classes[: classes.index('Exception')])}"


# Single values: how they are stored in an object of a simple type, and what is read there.


def stored(makers: Makers, kind: Any, values: Sequence[Any]) -> dict[str, list[str]]:
    """Return what is read after each value was stored, by the expression that stored it.

    That is for each maker by the constructor, by assignment, by item and by slice, in this order.
    """
    raw_value, raw_array, value, array = makers
    return {
        **_stored("RawValue", raw_value, "RawArray", raw_array, kind, values),
        **_stored("Value", value, "Array", array, kind, values),
    }


def stored_in_ctypes(cls: Any, values: Sequence[Any]) -> dict[str, list[str]]:
    """Return the same for ordinary objects, by the expressions of `RawValue` and `RawArray`."""

    def plain_value(cls: Any, *args: Any) -> Any:
        return cls(*args)

    return _stored("RawValue", plain_value, "RawArray", _plain_array, cls, values)


def _stored(
    one: str, value: Any, several: str, array: Any, kind: Any, values: Sequence[Any]
) -> dict[str, list[str]]:
    assigned, items = value(kind), array(kind, 1)

    def assign(x: Any) -> Any:
        assigned.value = x
        return assigned.value

    def assign_item(x: Any) -> Any:
        items[0] = x
        return items[0]

    def assign_slice(x: Any) -> Any:
        items[:] = [x]
        return items[0]

    expressions: dict[str, Callable[[Any], Any]] = {
        f"{one}(T, x).value": lambda x: value(kind, x).value,
        f"obj = {one}(T); obj.value = x; obj.value": assign,
        f"{several}(T, [x])[0]": lambda x: array(kind, [x])[0],
        f"obj = {several}(T, 1); obj[0] = x; obj[0]": assign_item,
        f"obj = {several}(T, 1); obj[:] = [x]; obj[0]": assign_slice,
    }
    return {
        expression: [_outcome(store, x) for x in values]
        for expression, store in expressions.items()
    }


def stored_bytes(
    makers: Makers, kind: Any, data: Sequence[bytes]
) -> list[tuple[str, str, str, str]]:
    """Store what ctypes reads from bytes, by every expression; return what differs from ctypes.

    That is the expression, the value, and the bytes, as they are and as they should be. Bytes from
    which ctypes reads no value are left out.
    """
    raw_value, raw_array, value, array = makers
    size = ctypes.sizeof(kind)
    values = [one for part in data for one in _read(kind, part[:size])]
    plain = _bytes_by_route("RawValue", kind, "RawArray", _plain_array, kind, values)
    routes = (
        _bytes_by_route("RawValue", raw_value, "RawArray", raw_array, kind, values),
        _bytes_by_route("Value", value, "Array", array, kind, values),
    )
    return [
        (expression, repr(x), got, wanted)
        for route in routes
        for (expression, some), theirs in zip(route.items(), plain.values())
        for x, got, wanted in zip(values, some, theirs)
        if got != wanted
    ]


def _read(kind: Any, data: bytes) -> list[Any]:
    try:
        return [kind.from_buffer_copy(data).value]
    except Exception:  # no number of a wide character, perhaps
        return []


def _plain_array(cls: Any, init: Any) -> Any:
    return (cls * 1)() if isinstance(init, int) else (cls * len(init))(*init)


def _bytes_by_route(
    one: str, value: Any, several: str, array: Any, kind: Any, values: Sequence[Any]
) -> dict[str, list[str]]:
    # The ordinary objects of a type are made by the type itself.
    make = value if value is not kind else lambda _kind, *args: kind(*args)
    assigned, items = make(kind), array(kind, 1)

    def bytes_of(obj: Any) -> str:
        return contents(object_of(obj))[1].hex()

    def assign(x: Any) -> str:
        assigned.value = x
        return bytes_of(assigned)

    def assign_item(x: Any) -> str:
        items[0] = x
        return bytes_of(items)

    def assign_slice(x: Any) -> str:
        items[:] = [x]
        return bytes_of(items)

    expressions: dict[str, Callable[[Any], str]] = {
        f"{one}(T, x)": lambda x: bytes_of(make(kind, x)),
        f"obj = {one}(T); obj.value = x": assign,
        f"{several}(T, [x])": lambda x: bytes_of(array(kind, [x])),
        f"obj = {several}(T, 1); obj[0] = x": assign_item,
        f"obj = {several}(T, 1); obj[:] = [x]": assign_slice,
    }
    return {route: [_outcome(store, x) for x in values] for route, store in expressions.items()}


def simple_type(name: str, other_order: bool) -> Any:
    """Return a simple type, if need be with its bytes in the order that the machine does not have.

    Where ctypes has no such order, as for a byte that is a truth value, it is the type as it is.
    """
    simple = getattr(ctypes, name)
    if other_order and hasattr(simple, "__ctype_be__"):
        return in_other_order(simple)
    return simple


def like(method: str, number: Any) -> Any:
    """Return an object that is a number, or true or false, by one special method alone."""
    # Operators look their methods up on the class.
    return type("Like", (), {method: lambda _self: number})()


# Many objects at once, as they cross to a child.


def make_all(maker: Callable[..., Any], calls: Sequence[tuple[Any, tuple[Any, ...]]]) -> list[Any]:
    """Return what `maker(T, *args)` makes for each type with arguments."""
    return [maker(kind, *args) for kind, args in calls]


def plain_all(calls: Sequence[tuple[Any, tuple[Any, ...]]]) -> list[Any]:
    """Return ordinary objects for the same."""
    return [kind(*args) for kind, args in calls]


def assign_all(objects: Sequence[Any], assignments: Sequence[Assignments]) -> None:
    """Carry out the assignments to each object."""
    for obj, some in zip(objects, assignments):
        for path, value in some:
            assign_at(obj, path, value)


def all_contents(objects: Sequence[Any]) -> list[tuple[str, str]]:
    """Return the bytes and all values of each object."""
    return [(contents(obj)[1].hex(), _outcome(values_in, obj)) for obj in objects]


def of_other_classes(objects: Sequence[Any], names: Sequence[str]) -> dict[str, str]:
    """Return what is not of the class that a name stands for in this process, with what it is."""
    return {
        name: f"{type(obj).__module__}.{type(obj).__qualname__}"
        for obj, name in zip(objects, names)
        if type(obj) is not type_names.named(name)
    }


def pointed(pointer: Any, target: Any, numbers: Sequence[int]) -> list[str]:
    """Point a pointer to something for each number, and use it; return the outcomes."""
    outcomes = [repr(bool(pointer)), contents(pointer)[1].hex()]
    for number in numbers:
        aim = (target * 2)(number, 0)
        pointer.contents = target.from_buffer(aim)
        outcomes.append(repr(pointer[0]))
        pointer[0] = number // 2
        pointer[1] = 7
        outcomes += [repr(list(aim)), repr(pointer.contents.value), repr(bool(pointer))]
    return outcomes


def keeps_its_aim(obj: Any, name: str, target: Any) -> bool:
    """Point a field of an object to something; return whether that lives, as in ctypes it does."""
    aim = target(5)
    reference = weakref.ref(aim)
    setattr(obj, name, ctypes.pointer(aim))
    del aim
    gc.collect()
    return reference() is not None


def without_fields(base: str, declared: bool) -> Any:
    """Return a new structure or union type with empty `_fields_`, or with none."""
    cls: Any = getattr(ctypes, base)
    return type(cls)("Nothing", (cls,), {"_fields_": []} if declared else {})

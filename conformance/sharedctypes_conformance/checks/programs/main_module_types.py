"""Objects of types defined in the main module, which children import, are passed to a child.

Prints what the child sees, its exit code and what the parent sees then, for raw objects and for
wrapped ones. The last line begins with "refused" if the objects cannot be created.
"""

from __future__ import annotations

import pickle
from ctypes import Structure, Union, c_double, c_int
from typing import Any

from sharedctypes_program import import_backend, import_contexts, say, start_method

backend = import_backend()
contexts = import_contexts()


class Point(Structure):
    _fields_ = [("x", c_double), ("y", c_double)]


class Either(Union):
    _fields_ = [("whole", c_int), ("point", Point)]


class Named(Structure):
    _fields_ = [("number", c_int), ("point", Point), ("either", Either)]


class Number(c_int):
    pass


class Shape:
    class Point(Structure):
        _fields_ = [("number", c_int), ("x", c_int)]


def is_picklable(obj: object) -> bool:
    try:
        return type(pickle.loads(pickle.dumps(obj))) is type(obj)
    except Exception:
        return False


def raw(obj: Any) -> Any:
    return obj.get_obj() if hasattr(obj, "get_obj") else obj


def show(points: Any, either: Any, named: Any, number: Any, inner: Any, nested: bool) -> None:
    pairs = ((points[0], Point), (raw(either), Either), (raw(named), Named))
    for obj, of in pairs:
        say(type(obj) is of, type(obj).__name__, end=" ")
    say(points[1].y, raw(either).whole, raw(named).point.x, number.value, end=" ")
    inside = Shape.Point if nested else Point
    say(type(raw(number)) is Number, type(raw(inner)) is inside, int(raw(inner).x))


def change(points: Any, either: Any, named: Any, number: Any, inner: Any, nested: bool) -> None:
    show(points, either, named, number, inner, nested)
    points[1].y += 1
    raw(either).whole += 1
    raw(named).point.x += 1
    raw(inner).x += 1
    number.value += 1


def main() -> None:
    contexts.set_start_method(start_method())
    context = contexts.get_context(start_method())
    # Where the nested type cannot be pickled at all, no object of it can be passed to a child.
    nested = is_picklable(Shape.Point())
    for array, value in ((backend.RawArray, backend.RawValue), (backend.Array, backend.Value)):
        try:
            points = array(Point, [(1, 2), (3, 4)])
            inner = value(Shape.Point if nested else Point)
            objects = (points, value(Either, 5), value(Named, 7, (1.5, 2.5)), value(Number, 9))
        except Exception as refusal:
            say("refused", type(refusal).__name__, refusal)
            return
        raw(inner).x = 3
        child = context.Process(target=change, args=(*objects, inner, nested))
        child.start()
        child.join()
        say(child.exitcode)
        show(*objects, inner, nested)


if __name__ == "__main__":
    main()

"""Area `sharing`: types that a program defines in its main module, which its children import."""

from __future__ import annotations

from ...stage.findings import Unjudged
from ...stage.program import run_program
from ...stage.stage import Stage
from ..kit.check import check
from ..kit.makers import NAMES
from ..kit.observe import expect

_PROGRAM = """\
import importlib
import pickle
import sys
from ctypes import Structure, Union, c_double, c_int

from {backend} import Array, RawArray, RawValue, Value

contexts = importlib.import_module({contexts!r})


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


def is_picklable(obj):
    try:
        return type(pickle.loads(pickle.dumps(obj))) is type(obj)
    except Exception:
        return False


def raw(obj):
    return obj.get_obj() if hasattr(obj, "get_obj") else obj


def show(points, either, named, number, inner, nested):
    for obj, of in ((points[0], Point), (raw(either), Either), (raw(named), Named)):
        print(type(obj) is of, type(obj).__name__, end=" ")
    print(points[1].y, raw(either).whole, raw(named).point.x, number.value, end=" ")
    inside = Shape.Point if nested else Point
    print(type(raw(number)) is Number, type(raw(inner)) is inside, int(raw(inner).x))


def change(*given):
    show(*given)
    points, either, named, number, inner, _ = given
    points[1].y += 1
    raw(either).whole += 1
    raw(named).point.x += 1
    raw(inner).x += 1
    number.value += 1
    sys.stdout.flush()


def main():
    contexts.set_start_method(sys.argv[1])
    context = contexts.get_context(sys.argv[1])
    nested = is_picklable(Shape.Point())
    for array, value in ((RawArray, RawValue), (Array, Value)):
        try:
            points = array(Point, [(1, 2), (3, 4)])
            inner = value(Shape.Point if nested else Point)
            objects = (points, value(Either, 5), value(Named, 7, (1.5, 2.5)), value(Number, 9))
        except Exception as refusal:
            print("refused", type(refusal).__name__, refusal)
            return
        raw(inner).x = 3
        child = context.Process(target=change, args=(*objects, inner, nested))
        child.start()
        child.join()
        print(child.exitcode)
        show(*objects, inner, nested)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
"""

_BEFORE = "True Point True Either True Named 4.0 5 1.5 9 True True 3"
_AFTER = "True Point True Either True Named 5.0 6 2.5 10 True True 4"


@check("sharing.types-of-the-main-module-cross")
def test_types_of_the_main_module(stage: Stage) -> None:
    printed, _ = run_program(stage, _PROGRAM, *NAMES)
    *_, last = printed or [""]
    if last.startswith("refused"):  # which types have to be taken is said by other clauses
        raise Unjudged(f"the program made no objects of its types: {last}")
    wanted = [_BEFORE, "0", _AFTER] * 2
    expect(printed, wanted, "a program that shares objects of types of its main module")

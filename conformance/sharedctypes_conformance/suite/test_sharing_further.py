"""Area `sharing`: from a child to its children, and types that the program itself defines."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from ..stage.actor import Actor
from ..stage.findings import NotKept, Unjudged
from ..stage.handles import CType, Handle
from ..stage.pool import Description
from ..stage.program import run_program
from ..stage.stage import Stage
from ..strategies.objects import POINT
from .check import check
from .observe import expect

# From a child to its children.

_GIVEN = (
    Description("RawValue", CType(POINT), (1.5, 2.5)),
    Description("RawArray", "d", ([1.5, 2.5],)),
    Description("Value", "i", (7,)),
    Description("Array", "c", (b"shared",), lock="Lock"),
)


def _raw(actor: Actor, number: int, objects: Sequence[Handle]) -> Handle:
    """Return an object as an actor has it, without its wrapper."""
    raw: Handle = actor(objects[number])
    return raw if _GIVEN[number].is_raw else raw.get_obj()


def _write(writer: Actor, objects: Sequence[Handle], family: Sequence[Actor], mark: int) -> None:
    """Have one of a family write into each object; all of them have to read that."""
    for number, description in enumerate(_GIVEN):
        raw = _raw(writer, number, objects)
        size = len(writer.tool("contents", raw)[1])
        written = bytes([mark + number]) * size
        writer.tool("fill", raw, written)
        for reader in family:
            got = reader.tool("contents", _raw(reader, number, objects))[1]
            if got != written:
                raise NotKept(
                    f"{description} is {got.hex()} in {reader.name} "
                    f"when {writer.name} has written {written.hex()}"
                )


@check("sharing.children-hand-on-what-they-got", costly=True, order=st.permutations(list(range(5))))
def test_hand_on(stage: Stage, order: list[int]) -> None:
    creator = stage.creator
    objects = [one.create_or_refuse(creator) for one in _GIVEN]
    child = stage.start(*objects)
    own = [one.create_or_refuse(child) for one in _GIVEN]
    given = [*map(child, objects), *own]
    grandchildren = [stage.start(*given, parent=child) for _ in range(2)]
    family = [creator, child, *grandchildren, stage.start(*objects)]
    for turn, who in enumerate(order):
        mark = 1 + turn * 2 * len(_GIVEN)
        _write(family[who], objects, family, mark)
        if family[who] in family[1:4]:
            _write(family[who], own, family[1:4], mark + len(_GIVEN))


# Types of the program.

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

_BEFORE = "True Point True Either True Named 4.0 5 1.5 9 True True 3\n"
_AFTER = "True Point True Either True Named 5.0 6 2.5 10 True True 4\n"


@check("sharing.types-of-the-main-module-cross")
def test_types_of_the_main_module(stage: Stage) -> None:
    target = stage.target
    for name in ("RawValue", "RawArray", "Value", "Array"):
        stage.name_in_backend(name)
    source = _PROGRAM.format(backend=target.backend, contexts=target.contexts)
    printed = run_program(target, source, target.method)
    *_, last = printed.splitlines() or [""]
    if last.startswith("refused"):  # which types have to be taken is said by other clauses
        raise Unjudged(f"the program made no objects of its types: {last}")
    wanted = f"{_BEFORE}0\n{_AFTER}" * 2
    expect(printed, wanted, "a program that shares objects of types of its main module")

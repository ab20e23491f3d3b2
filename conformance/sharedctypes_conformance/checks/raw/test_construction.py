"""Area `raw`: constructing raw objects. That they work as ordinary ones is judged in `test_use`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from hypothesis import strategies as st

from ...actors.objects import python_subclasses, recycled_memory
from ...actors.runtime import calls, memory
from ...actors.runtime.type_names import array, structure
from ...stage.actor import actor_of
from ...stage.descriptions import Description
from ...stage.findings import NotKept
from ...stage.handles import Handle, invoke
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies import objects, values
from ...strategies import type_names as shapes
from ...strategies.accesses import SAMPLES
from ...strategies.filling import Filled, filled
from ...strategies.tables import each_of
from ..kit.check import check, observation
from ..kit.makers import constructing_processes
from ..kit.observe import attempt, expect, expect_raises, expect_same, expect_that

# Types and arguments for them.

_MADE = filled(shapes.STRUCTURES, shapes.STRUCTURES, shapes.ARRAYS, shapes.ARRAYS_OF_ARRAYS)
_Call = tuple[str, CType, tuple[Any, ...]]


def _code(maker: str, kind: CType, args: tuple[Any, ...]) -> str:
    return f"{maker}({', '.join([str(kind), *map(repr, args)])})"


@check("raw.arguments-go-to-constructor", drawn=_MADE)
def test_arguments_go_to_constructor(stage: Stage, drawn: Filled) -> None:
    creator = stage.creator
    plain = attempt(lambda: creator.call(drawn.type, *drawn.args))
    made = attempt(lambda: creator.RawValue(drawn.type, *drawn.args))
    # Some interpreters refuse what CPython accepts; the next check judges that.
    if plain.how == "returned":
        expect_same(made, plain, _code("RawValue", drawn.type, drawn.args))


def _with_misfits(
    drawn: Filled, misfits: list[tuple[int, bool, Any]]
) -> tuple[CType, tuple[Any, ...]]:
    """Return a type and arguments, with misfits in place of some or beside them."""
    args = list(drawn.args)
    for number, replaces, misfit in misfits:
        place = number % (len(args) + 1)
        args[place : place + replaces] = [misfit]
    return drawn.type, tuple(args)


_WITH_MISFITS = st.builds(
    _with_misfits,
    filled(shapes.TYPES, shapes.SIMPLE_TYPES, shapes.ARRAYS_OF_ARRAYS),
    st.lists(st.tuples(st.integers(0, 8), st.booleans(), values.misfits), min_size=1, max_size=2),
)


@check("raw.refuses-what-constructor-refuses", drawn=_WITH_MISFITS)
def test_refuses_what_constructor_refuses(
    stage: Stage, drawn: tuple[CType, tuple[Any, ...]]
) -> None:
    creator = stage.creator
    kind, args = drawn
    plain = attempt(lambda: creator.call(kind, *args))
    made = attempt(lambda: creator.RawValue(kind, *args))
    if plain.how == "raised" or made.how == "raised":
        expect_same(made, plain, _code("RawValue", kind, args))


# Constructors written in Python, and members.

_RECORDED: dict[str, Callable[..., object]] = {
    "RecordedCount": python_subclasses.RecordedCount,
    "RecordedPair": python_subclasses.RecordedPair,
    "RecordedEither": python_subclasses.RecordedEither,
    "RecordedThree": python_subclasses.RecordedThree,
}
_MOST = {"RecordedCount": 1, "RecordedPair": 2, "RecordedEither": 2, "RecordedThree": 3}
_small = st.integers(-(2**14), 2**14 - 1)
_RUNS = st.one_of(
    [
        st.tuples(st.just(name), st.lists(_small, min_size=1, max_size=_MOST[name]))
        for name in _RECORDED
    ]
)


def _construct_and_record(
    stage: Stage, name: str, args: list[Any]
) -> tuple[Handle, list[tuple[Any, ...]]]:
    maker = stage.backend_function("RawValue")
    made, runs = stage.creator.call(python_subclasses.record_runs, maker, _RECORDED[name], *args)
    return made, runs


@check("raw.constructor-runs-once", drawn=_RUNS)
def test_constructor_runs_once(stage: Stage, drawn: tuple[str, list[int]]) -> None:
    name, args = drawn
    _, runs = _construct_and_record(stage, name, args)
    what = f"the arguments of each run of __init__ in RawValue({name}, *{args!r})"
    expect(runs, [tuple(args)], what)


@check("raw.keeps-state-set-by-constructor", drawn=_RUNS)
def test_keeps_state_set_by_constructor(stage: Stage, drawn: tuple[str, list[int]]) -> None:
    name, args = drawn
    made, _ = _construct_and_record(stage, name, args)
    plain = stage.creator.make(_RECORDED[name], *args)
    what = f"RawValue({name}, *{args!r})"
    expect(made, plain, what)
    expect_same(attempt(lambda: made.note), attempt(lambda: plain.note), f"{what}.note")


_MEMBERS: dict[str, type] = {
    "Count": python_subclasses.Count,
    "Pair": python_subclasses.Pair,
    "Either": python_subclasses.Either,
    "Three": python_subclasses.Three,
}


@check(
    "raw.preserves-python-subclass",
    name=st.sampled_from(list(_MEMBERS)),
    numbers=st.lists(st.integers(-9, 9), min_size=1, max_size=4),
)
def test_preserves_python_subclass(stage: Stage, name: str, numbers: list[int]) -> None:
    creator = stage.creator
    cls = _MEMBERS[name]
    made, plain = creator.RawValue(cls), creator.make(cls)
    expect_that(
        creator.call(calls.is_exactly, made, cls),
        f"RawValue({name}) is exactly a {name}",
    )
    expect_same(attempt(lambda: made.UNIT), attempt(lambda: plain.UNIT), f"RawValue({name}).UNIT")
    for number in numbers:
        what = f"RawValue({name}) after add() of {numbers!r}"
        for obj in (made, plain):
            invoke(obj, "add", number)
        expect(made, plain, what)
        expect(made.total, plain.total, f"`total` of {what}")


# Keywords.

_KEYWORDS: list[tuple[str, Any, tuple[Any, ...], dict[str, Any]]] = [
    ("RawValue", "i", (), {"value": 1}),
    ("RawValue", "i", (1,), {"lock": False}),
    ("RawValue", "d", (), {"lock": True}),
    ("RawValue", CType("c_int"), (), {"ctx": None}),
    ("RawValue", CType(objects.POINT), (), {"x": 1.5}),
    ("RawValue", CType(objects.POINT), (1.5,), {"y": 2.5}),
    ("RawValue", CType(objects.POINT), (), {"lock": False}),
    ("RawArray", "i", (3,), {"lock": False}),
    ("RawArray", "c", (b"text",), {"lock": True}),
    ("RawArray", CType(objects.POINT), (2,), {"ctx": None}),
    ("RawArray", CType("c_int"), ([1, 2],), {"fill": 0}),
]


@check("raw.keywords-are-refused", drawn=each_of(_KEYWORDS))
def test_keywords_are_refused(
    stage: Stage, drawn: tuple[str, Any, tuple[Any, ...], dict[str, Any]]
) -> None:
    maker, kind, args, keywords = drawn
    function = stage.backend_function(maker)
    given = ", ".join(
        [str(kind), *map(repr, args), *(f"{name}={value!r}" for name, value in keywords.items())]
    )
    expect_raises(
        lambda: stage.creator.call(function, kind, *args, **keywords),
        f"{maker}({given})",
        "TypeError",
    )


# Zeros.


def _plain(stage: Stage, call: _Call) -> Handle:
    """Return the ordinary ctypes object that a call of RawValue or RawArray has to equal."""
    maker, kind, args = call
    if maker == "RawValue":
        plain: Handle = stage.creator.call(kind, *args)
        return plain
    (init,) = args
    made: Handle = stage.creator.call(memory.array_type, kind, init)()
    return made


def _expect_same_on_recycled_memory(stage: Stage, calls: list[_Call]) -> None:
    """Raise NotKept unless objects in memory that was used before equal ordinary ones."""
    actors = constructing_processes(stage)
    calls = [call for call in calls if attempt(partial(_plain, stage, call)).how == "returned"]
    wanted = stage.creator.call(recycled_memory.images, [_plain(stage, call) for call in calls])
    makers = [(stage.backend_function(maker), (kind, *args)) for maker, kind, args in calls]
    raw_array = stage.backend_function("RawArray")
    for who, actor in actors.items():
        made = actor.call(
            recycled_memory.on_recycled_memory, raw_array, makers, [len(image) for image in wanted]
        )
        got = actor.call(recycled_memory.images, made)
        for call, image, plain in zip(calls, got, wanted, strict=True):
            what = f"the bytes of {_code(*call)} in {who}, in the memory of dropped ones,"
            expect(image.hex(), plain.hex(), what)


_ANY = st.one_of(
    shapes.names(shapes.TYPES, shapes.ARRAYS_OF_ARRAYS), st.sampled_from(objects.STRUCTURES)
).map(CType)


@check("raw.values-are-zeroed", kinds=st.lists(_ANY, min_size=1, max_size=6))
def test_values_are_zeroed(stage: Stage, kinds: list[CType]) -> None:
    _expect_same_on_recycled_memory(stage, [("RawValue", kind, ()) for kind in kinds])


_PARTIAL: st.SearchStrategy[_Call] = _MADE.map(
    lambda drawn: ("RawValue", drawn.type, drawn.args[: len(drawn.args) // 2])
)


@check("raw.partial-initializers-leave-zeros", calls=st.lists(_PARTIAL, min_size=1, max_size=4))
def test_partial_initializers_leave_zeros(stage: Stage, calls: list[_Call]) -> None:
    _expect_same_on_recycled_memory(stage, calls)


@check(
    "raw.short-initializers-leave-zeros",
    maker=st.sampled_from(["RawArray", "Array"]),
    length=st.integers(3, 100),
)
def test_short_initializers_leave_zeros(stage: Stage, maker: str, length: int) -> None:
    raw_array, make = (stage.backend_function(name) for name in ("RawArray", maker))
    made = stage.creator.call(recycled_memory.from_overstated_length, raw_array, make, length)
    wanted = [1, 2] + [0] * (length - 2)
    if made is not None and [*made, *wanted[len(made) :]] != wanted:
        what = f"{maker}(c_int, a sequence of length {length} with the items 1 and 2)"
        raise NotKept(f"{what} is {made}, should be 1, 2 and zeros")


_OF_ZERO_SIZE: list[_Call] = [
    ("RawValue", CType(structure()), ()),
    ("RawValue", CType(structure(kind="union")), ()),
    ("RawValue", CType(array(0, "c_int")), ()),
    ("RawValue", CType(array(0, objects.POINT)), ()),
    ("RawValue", CType(array(3, structure())), ()),
    ("RawValue", CType(structure(("none", array(0, "c_double")))), ()),
    ("RawArray", CType(structure()), (2,)),
]


@check("raw.takes-zero-size-types", call=each_of(_OF_ZERO_SIZE))
def test_takes_zero_size_types(stage: Stage, call: _Call) -> None:
    maker, kind, args = call
    plain = _plain(stage, call)
    made = getattr(stage.creator, maker)(kind, *args)
    same = stage.creator.call(calls.is_same_class, made, plain)
    expect_that(same, f"{_code(*call)} is exactly of its type")


# Types with methods of their own.


@check(
    "raw.own-methods-of-types-run",
    parts=st.sampled_from([(), (7,), (7, 2.5)]),
    assigned=st.floats(-1e6, 1e6),
)
def test_own_methods_of_types_run(stage: Stage, parts: tuple[Any, ...], assigned: float) -> None:
    maker = stage.backend_function("RawValue")
    watch = python_subclasses.watch
    wanted = stage.creator.call(watch, None, parts, assigned)
    got = stage.creator.call(watch, maker, parts, assigned)
    # A backend may have looked at the memory through more than one object of the type.
    ends = [one for one in got if one[0] == "__del__"]
    wanted_end = [one for one in wanted if one[0] == "__del__"]
    what = f"what a type recorded of RawValue(T{''.join(f', {part}' for part in parts)})"
    done = f"{what} and obj.other = {assigned}"
    expect([one for one in got if one not in ends], wanted[: -len(wanted_end)], done)
    expect(ends[-1:], wanted_end, f"what its __del__ found in the memory, after {done}")


# No wrapper.

_RAW = tuple(
    one
    for sample in SAMPLES
    for one in (sample.raw, Description(sample.maker, sample.type, sample.args, lock=False))
)
_LOCK_METHODS = ("get_obj", "get_lock", "acquire", "release", "__enter__", "__exit__")


@check(
    "raw.has-no-lock-methods",
    description=each_of(_RAW),
    who=st.sampled_from(["creator", "child"]),
)
def test_has_no_lock_methods(stage: Stage, description: Description, who: str) -> None:
    seen = stage.pool.take(description, _RAW).seen_by(who)
    names = dir_of(seen)
    present = [name for name in _LOCK_METHODS if name in names]
    expect(present, [], f"which of {', '.join(_LOCK_METHODS)} {description} has in the {who}")


def dir_of(obj: Handle) -> list[str]:
    """Return all names that an object has in its actor."""
    names: list[str] = actor_of(obj).call("builtins.dir", obj)
    return names


# What is recorded.


@observation("raw.private-attributes")
def test_private_attributes(stage: Stage) -> dict[str, list[str]]:
    creator = stage.creator
    return {
        "RawValue": creator.call(python_subclasses.own_attributes, creator.RawValue("i")),
        "RawArray": creator.call(python_subclasses.own_attributes, creator.RawArray("i", 2)),
        "copy": creator.call(python_subclasses.own_attributes, creator.copy(creator.RawValue("i"))),
    }


@observation("raw.types-with-slots")
def test_types_with_slots(stage: Stage) -> str:
    slotted = python_subclasses.Slotted
    return str(attempt(lambda: stage.creator.RawValue(slotted, 5)))

"""Area `sharing`: objects of any type, and objects that are passed twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from hypothesis import strategies as st

from ...actors.objects import custom_reducers, python_subclasses
from ...actors.runtime import parts
from ...actors.runtime.type_names import array, pointer, structure, subclass
from ...actors.scenarios import transfer
from ...actors.scenarios.transfer import ARRIVED, TWICE
from ...stage.descriptions import Description
from ...stage.findings import ActorDied, NotKept, OperationRaised, Refused
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies import type_names as shapes
from ...strategies.objects import NESTED, NUMBER, POINT
from ...strategies.tables import each_of
from ..kit.check import check
from ..kit.makers import NAMES, ONE_OF_EACH

# The types of arrays of arrays and pointers cannot be found by name when they are unpickled.
_TYPES = st.one_of(
    shapes.names(shapes.TYPES),
    shapes.names(shapes.ARRAYS_OF_ARRAYS),
    st.sampled_from([pointer("c_int"), pointer(POINT), "c_char_p"]),
)


def _of(maker: str, type_name: str) -> Description:
    return Description(maker, CType(type_name), (2,) if maker.endswith("Array") else ())


_MANY = st.tuples(*(st.builds(_of, st.just(maker), _TYPES) for maker in (*NAMES, *NAMES)))


# Types with their own `__init__`, pickling or byte order, or without a dictionary, and arguments
# of a value of them.

_CUSTOM_TYPES: tuple[tuple[type, tuple[object, ...]], ...] = (
    (custom_reducers.Reinitialized, ("text",)),
    (custom_reducers.NeedsArguments, ("text",)),
    (custom_reducers.Reduced, (1, 2)),
    (custom_reducers.ReducedEx, (1, 2)),
    (custom_reducers.WithState, (1, 2)),
    (custom_reducers.CopyRegistered, (1, 2)),
    (custom_reducers.NumberRegistered, (7,)),
    (custom_reducers.PicklerRegistered, (1, 2)),
    # Where there is no place in the object to say that it is shared.
    (python_subclasses.Slotted, (5,)),
)
_BYTE_SWAPPED = (("c_int", (7,)), ("c_double", (1.5,)))


def _byte_swapped_types(stage: Stage) -> Iterator[tuple[str, Any, tuple[object, ...]]]:
    for name, args in _BYTE_SWAPPED:
        cls = stage.creator.call(custom_reducers.in_other_order, CType(name))
        yield f"{name} in the other byte order", cls, args


def _give(stage: Stage, made: dict[str, Handle]) -> None:
    """Pass objects to one process; raises a Finding unless they arrive or its start raises."""
    _raise_for(made, *stage.creator.call(transfer.give_unless_refused, list(made.values())))


def _raise_for(made: dict[str, Handle], problem: str, code: int | None) -> None:
    if code is not None and code < 0:
        raise ActorDied(f"a process that was passed {', '.join(made)}", "its run", code, "")
    if problem:
        raise NotKept(f"{', '.join(made)}, passed to a process: {problem}")


def _give_all(stage: Stage, made: dict[str, Handle]) -> None:
    """Do the same, and pass them one by one if they are refused together or do not arrive."""
    problem, code = stage.creator.call(transfer.give_unless_refused, list(made.values()))
    if code != ARRIVED or problem:
        for name, obj in made.items():
            _give(stage, {name: obj})
    _raise_for(made, problem, code)


def _construct(
    stage: Stage, types: Iterable[tuple[str, Any, tuple[object, ...]]]
) -> tuple[dict[str, Handle], str]:
    """Construct an object of each named type by each maker; return them and the last refusal."""
    made, refused = {}, ""
    for name, cls, args in types:
        for maker in NAMES:
            arguments = (2,) if maker.endswith("Array") else args
            try:
                obj = getattr(stage.creator, maker)(cls, *arguments)
            except OperationRaised as raised:  # other clauses say which types have to be accepted
                refused = str(raised)
            else:
                made[f"{maker}({', '.join((name, *map(repr, arguments)))})"] = obj
    return made, refused


@check("sharing.any-type-is-shared-or-start-raises", costly=True, drawn=_MANY)
def test_any_type_is_shared_or_start_raises(stage: Stage, drawn: tuple[Description, ...]) -> None:
    stage.creator.call(custom_reducers.register, stage.target.contexts)
    own, refused = _construct(stage, ((cls.__name__, cls, args) for cls, args in _CUSTOM_TYPES))
    other, _ = _construct(stage, _byte_swapped_types(stage))
    made: dict[str, Handle] = {}
    for one in drawn:
        try:
            made[str(one)] = one.create(stage.creator)
        except OperationRaised as raised:  # other clauses say which types have to be accepted
            refused = str(raised)
    if not made and not own:
        raise Refused(refused)
    for objects in filter(None, (made, own, other)):
        _give_all(stage, objects)


_LINE = structure(("ends", array(2, POINT)), ("number", NUMBER))
_PARTS: tuple[tuple[Description, tuple[str | int, ...]], ...] = (
    (Description("RawArray", CType(POINT), (3,)), (1,)),
    (Description("RawArray", CType(NUMBER), (3,)), (0,)),
    (Description("RawArray", CType(array(2, "c_int")), (3,)), (1,)),
    # An element of a simple type is a plain number; one of a subclass is an object.
    (Description("RawArray", CType(subclass("c_int")), (3,)), (1,)),
    (Description("RawValue", CType(NESTED)), ("at",)),
    (Description("RawValue", CType(NESTED)), ("tail",)),
    (Description("RawArray", CType(NESTED), (2,)), (1, "at")),
    (Description("RawValue", CType(_LINE)), ("ends", 1)),
    (Description("RawValue", CType(_LINE)), ("number",)),
    (Description("Array", CType(POINT), (3,)), (2,)),
    (Description("Value", CType(NESTED)), ("at",)),
    # Farther from the beginning than 16 bits can tell, and than 24.
    (Description("RawArray", CType(POINT), (5_000,)), (4_200,)),
    (Description("RawArray", CType(POINT), (1_060_000,)), (1_050_000,)),
)


@check("sharing.nested-objects-are-shared-or-start-raises")
def test_nested_objects_are_shared_or_start_raises(stage: Stage) -> None:
    # A backend may behave otherwise once it has shared an object of a type, parts included: how it
    # treats the first is seen in a process that has shared nothing.
    with stage.fresh() as alone:
        made = _parts(alone)
        problem, code = alone.creator.call(transfer.give_unless_refused, list(made.values()))
    if code == ARRIVED and not problem:
        return
    with stage.fresh() as alone:
        for name, part in _parts(alone).items():
            _give(alone, {name: part})
    _raise_for(made, problem, code)


def _parts(stage: Stage) -> dict[str, Handle]:
    """Construct objects; return a part of each that can be constructed; raises Refused if none."""
    made, refused = {}, ""
    for whole, path in _PARTS:
        try:
            part = stage.creator.call(parts.read_at, whole.create(stage.creator), path)
        except OperationRaised as raised:  # other clauses say which types have to be accepted
            refused = str(raised)
            continue
        steps = (f".{step}" if isinstance(step, str) else f"[{step}]" for step in path)
        made[f"{whole}{''.join(steps)}"] = part
    if not made:
        raise Refused(refused)
    return made


@check("sharing.object-passed-twice-is-one-object", route=each_of(TWICE))
def test_object_passed_twice_is_one_object(stage: Stage, route: str) -> None:
    objects = [one.create_or_refuse(stage.creator) for one in ONE_OF_EACH]
    problem = stage.creator.call(transfer.passed_twice, route, objects)
    if problem:
        raise NotKept(f"{', '.join(map(str, ONE_OF_EACH))} {route}: {problem}")

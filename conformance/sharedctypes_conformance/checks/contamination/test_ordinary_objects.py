"""Area `contamination`: how sharing objects of a type affects ordinary objects of that type.

Whether these can be pickled at all is up to ctypes. So each attempt is made twice, in a fresh
interpreter: before anything is shared, and afterwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from itertools import product

from ...actors.runtime.type_names import structure, subclass
from ...actors.scenarios import ordinary_objects
from ...actors.scenarios.ordinary_objects import USES
from ...stage.descriptions import Description
from ...stage.findings import NotKept, OperationRaised, Unjudged
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies.objects import NESTED, POINT
from ...strategies.steps import all_in_any_order
from ..kit.check import check
from ..kit.makers import NAMES

_ELEMENTS = {
    "c_int": CType("c_int"),
    "c_double": CType("c_double"),
    "c_char": CType("c_char"),
    "subclass": CType(subclass("c_short")),
    "structure": CType(POINT),
    "nesting": CType(NESTED),
    "extending": CType(structure(("z", "c_double"), extends=POINT)),
    "union": CType(structure(("whole", "c_int"), ("part", "c_short"), kind="union")),
}
_TYPES = 50
_Made = Sequence[Description]
# Each kind of element with two of the functions, and each of these with every second kind.
_SHARED = all_in_any_order(
    [
        Description(maker, kind, (2,) if maker.endswith("Array") else ())
        for place, kind in enumerate(_ELEMENTS.values())
        for maker in NAMES[place % 2 :: 2]
    ]
)


_ALL = (*NAMES, *_ELEMENTS)


def _covered(made: _Made) -> Counter[str]:
    elements = [name for one in made for name, kind in _ELEMENTS.items() if one.type == kind]
    return Counter([*(one.maker for one in made), *elements])


def _kinds(made: _Made) -> list[CType]:
    """Return the types of the objects, each once: ordinary ones are created of these."""
    names = (str(getattr(one.type, "name", one.type)) for one in made)
    return [CType(name) for name in dict.fromkeys(names)]


def _expect_unchanged(before: dict[str, str], after: dict[str, str], where: str) -> None:
    changed = [
        f"an ordinary {name} {after[name]}, but {before[name]} before"
        for name in before
        if before[name] == "arrives" != after[name]
    ]
    if changed:
        raise NotKept(f"{where}: {'; '.join(changed)}")


@check(
    "contamination.ordinary-objects-can-still-be-arguments", costly=True, covers=_ALL, made=_SHARED
)
def test_ordinary_objects_can_still_be_arguments(stage: Stage, made: _Made) -> Counter[str]:
    with stage.fresh() as other:
        creator, kinds = other.creator, _kinds(made)
        before = creator.call(ordinary_objects.arrive_in_process, kinds)
        shared = [one.create_or_refuse(creator) for one in made]
        after = creator.call(ordinary_objects.arrive_in_process, kinds)
        _expect_unchanged(before, after, f"after constructing {made}")
        del shared
    return _covered(made)


@check(
    "contamination.ordinary-objects-can-still-be-pickled", costly=True, covers=_ALL, made=_SHARED
)
def test_ordinary_objects_can_still_be_pickled(stage: Stage, made: _Made) -> Counter[str]:
    with stage.fresh() as other:
        creator, kinds = other.creator, _kinds(made)
        before = creator.call(ordinary_objects.survive_pickling, kinds)
        shared: list[Handle] = [one.create_or_refuse(creator) for one in made]
        actors = [creator]
        with suppress(OperationRaised):  # other clauses judge what can be passed to a process
            actors.append(other.start(*shared))
        for actor in actors:
            after = actor.call(ordinary_objects.survive_pickling, kinds)
            _expect_unchanged(before, after, f"after constructing {made}, in the {actor.name}")
    return _covered(made)


def _grows(stage: Stage, name: str, union: bool, alive: int) -> bool:
    args = (stage.target.backend, name, union, 4 * _TYPES)
    types = stage.creator.call(ordinary_objects.use_and_drop_types, *args)
    if types is None:
        raise Unjudged(f"{name} accepted such types before, and refuses them now")
    return types.shared - types.ordinary > 2 * alive


@check("contamination.types-are-garbage-collected")
def test_types_are_garbage_collected(stage: Stage) -> None:
    judged = False
    for name, union in product(USES, (False, True)):
        args = (stage.target.backend, name, union, _TYPES)
        types = stage.creator.call(ordinary_objects.use_and_drop_types, *args)
        if types is None:
            continue
        judged = True
        more = types.shared - types.ordinary
        # A bounded cache of types stays as large when four times as many types are used.
        if more > 0 and _grows(stage, name, union, more):
            sort = "unions" if union else "structures"
            raise NotKept(
                f"{types.shared} of {_TYPES} types of {sort} are alive after {name} constructed an "
                f"object of each and it was dropped, should be {types.ordinary}, as without sharing"
            )
    if not judged:
        raise Unjudged("the backend constructs no objects of new structure and union types")

"""Area `sharing`: every route by which objects of every kind reach a child process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from ...actors.runtime.type_names import array, structure
from ...actors.scenarios import transfer
from ...actors.scenarios.transfer import CONTAINERS
from ...stage.descriptions import Description
from ...stage.findings import ActorDied, NotKept, Refused, Unjudged
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies.objects import POINT
from ...strategies.steps import all_in_any_order
from ..kit.check import check
from ..kit.makers import NAMES
from ..kit.packages import METHODS, context_of

_Made = Sequence[Description]
_OBJECTS = all_in_any_order(
    [
        Description("RawValue", "i", (7,)),
        Description("RawValue", CType(POINT), (1.5, 2.5)),
        Description("RawArray", "d", ([1.5, 2.5],)),
        Description("RawArray", CType(POINT), (3,)),
        Description("Value", "h", (-7,)),
        Description("Value", "i", (7,), lock="Lock"),
        Description("Value", CType(POINT), (1.5, 2.5)),
        Description("Array", "c", (b"shared",)),
        Description("Array", "i", ([1, 2, 3],), lock="RLock"),
    ]
)
_ROWS = [array(3, "c_int"), array(2, array(2, "c_double")), array(1, "c_char"), array(2, POINT)]
_EITHER = structure(("whole", "c_int"), ("part", "c_short"), kind="union")
_NESTED = st.builds(
    lambda maker, row, length: Description(maker, CType(row), (length,)),
    st.sampled_from(["RawArray", "Array"]),
    st.sampled_from(_ROWS),
    st.integers(1, 3),
)


def _covered(made: _Made) -> Counter[str]:
    return Counter(one.maker for one in made)


def _expect_arrival(stage: Stage, made: _Made, route: Callable[..., str], *how: object) -> None:
    objects = [one.create_or_refuse(stage.creator) for one in made]
    problem = stage.creator.call(route, *how, objects)
    if problem:
        raise NotKept(f"{made}, {' '.join([route.__name__, *map(str, how)])}: {problem}")


@check("sharing.objects-in-containers-are-shared", costly=True, covers=NAMES, made=_OBJECTS)
def test_objects_in_containers_are_shared(stage: Stage, made: _Made) -> Counter[str]:
    # One process for all, because starting it is dear; one for each, if it is to be said which.
    objects = [[one.create_or_refuse(stage.creator) for one in made] for _ in CONTAINERS]
    problem = stage.creator.call(transfer.in_all_containers, objects)
    if problem:
        for container in CONTAINERS:
            _expect_arrival(stage, made, transfer.in_container, container)
        raise NotKept(f"{made}, in {', '.join(CONTAINERS)} together: {problem}")
    return _covered(made)


@check("sharing.process-attributes-are-shared", costly=True, covers=NAMES, made=_OBJECTS)
def test_process_attributes_are_shared(stage: Stage, made: _Made) -> Counter[str]:
    if not stage.creator.call(transfer.process_is_a_class):
        raise Unjudged(f"Process of a context of {stage.target.contexts} is no class")
    _expect_arrival(stage, made, transfer.as_attributes)
    return _covered(made)


@check("sharing.pool-initargs-are-shared", costly=True, covers=NAMES, made=_OBJECTS)
def test_pool_initargs_are_shared(stage: Stage, made: _Made) -> Counter[str]:
    _expect_arrival(stage, made, transfer.by_pool, stage.target.backend)
    return _covered(made)


@check("sharing.executor-initargs-are-shared", costly=True, covers=NAMES, made=_OBJECTS)
def test_executor_initargs_are_shared(stage: Stage, made: _Made) -> Counter[str]:
    if not stage.creator.call(transfer.executors_work):
        raise Unjudged("executors do not work with this backend's contexts, whatever is shared")
    _expect_arrival(stage, made, transfer.by_executor, stage.target.backend)
    return _covered(made)


@check("sharing.arrays-of-arrays-are-shared", costly=True, made=_NESTED)
def test_arrays_of_arrays_are_shared(stage: Stage, made: Description) -> None:
    _expect_arrival(stage, [made], transfer.in_container, "arguments")


@check("sharing.many-objects-are-shared-at-once")
def test_many_objects_are_shared_at_once(stage: Stage) -> None:
    raw_value, value = (stage.backend_function(name) for name in ("RawValue", "Value"))
    for count in (1, 100, 2000):
        problem = stage.creator.call(transfer.many, raw_value, value, count)
        if problem:
            raise NotKept(f"{count} raw objects and {(count + 9) // 10} wrappers: {problem}")


# In bytes: around pages, and where allocators, or what passes messages, change their ways.
_LARGE = (1, 4095, 4097, (64 << 10) + 1, 256 << 10, (1 << 20) - 1, (4 << 20) + 8, 64 << 20)


@check("sharing.large-objects-are-shared")
def test_large_objects_are_shared(stage: Stage) -> None:
    make = stage.backend_function("RawArray")
    problem = stage.creator.call(transfer.large, make, _LARGE)
    if problem:
        for size in _LARGE:
            alone = stage.creator.call(transfer.large, make, [size])
            if alone:
                raise NotKept(f"an array of {size} bytes: {alone}")
        raise NotKept(f"arrays of {', '.join(map(str, _LARGE))} bytes together: {problem}")


@check("sharing.mixed-contexts-never-kill-process")
def test_mixed_contexts_never_kill_process(stage: Stage) -> None:
    make = stage.backend_function("Value")
    of_process = context_of(stage.creator, stage.target.method)
    for method in METHODS:
        try:
            of_lock = context_of(stage.creator, method)
        except Refused:
            continue
        problem, code = stage.creator.call(transfer.give_with_a_lock_of, make, of_lock, of_process)
        who = f"a {stage.target.method} process that was passed a Value with a lock for {method}"
        if problem and code is None:
            raise NotKept(f"{who} does not end")
        if code is not None and code < 0:
            raise ActorDied(who, "its run", code, "")

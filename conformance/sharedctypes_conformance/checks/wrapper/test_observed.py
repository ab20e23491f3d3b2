"""Area `wrapper`: what is recorded of wrappers, because no promise is made about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ...actors.locks import minimal_locks, spies
from ...actors.objects import python_subclasses, timing
from ...actors.runtime import calls, parts, processes
from ...actors.runtime.type_names import structure
from ...stage.descriptions import Description
from ...stage.handles import Handle, invoke
from ...stage.names import CType, Name
from ...stage.stage import Stage
from ...strategies import objects
from ...strategies.accesses import (
    SAMPLE_NAMES,
    SAMPLES,
    Access,
    get_attribute,
    get_item,
    set_attribute,
)
from ..kit.check import observation
from ..kit.observe import in_short, works
from ..kit.twins import bytes_of

_VALUE = Description("Value", "i", (7,))
_ARRAY = Description("Array", "h", ((1, 2, 3),))
_STRING = Description("Array", "c", (b"hello world",))
_POINT = Description("Value", CType(objects.POINT), (1.5, -2.5))
_POINTS = Description("Array", CType(objects.POINT), (((1.5, -2.5), (0.0, 3.0)),))
_NESTED = Description("Value", CType(objects.NESTED))


def _wrapped(stage: Stage, description: Description, lock: Handle) -> tuple[Handle, Handle]:
    raw = description.raw.create(stage.creator)
    return raw, stage.creator.synchronized(raw, lock)


# Its lock.


@observation("wrapper.protocol-used-on-its-lock")
def test_protocol(stage: Stage) -> dict[str, dict[str, list[str]]]:
    observed: dict[str, dict[str, list[str]]] = {}
    for description, accesses in SAMPLES.items():
        lock = stage.creator.make(spies.ProtocolRecorder)
        _, wrapper = _wrapped(stage, description, lock)
        by_protocol = observed[SAMPLE_NAMES[description]] = {}
        for access in accesses:
            before = len(lock.events)
            access.carry_out(wrapper)
            protocol = ", ".join(lock.events[before:])
            by_protocol.setdefault(protocol, []).append(access.on("w"))
    return observed


@observation("wrapper.other-uses-of-its-lock")
def test_other_uses(stage: Stage) -> dict[str, int]:
    creator = stage.creator
    spy = creator.make(spies.SpyLock)
    _, wrapper = _wrapped(stage, _ARRAY, spy)
    operations: dict[str, Callable[[], Any]] = {
        "making": lambda: None,
        **{name: partial(creator.call, f"builtins.{name}", wrapper) for name in ("len", "repr")},
        "get_obj()": wrapper.get_obj,
        "get_lock()": wrapper.get_lock,
        "list() of 3": partial(creator.call, parts.iterated, wrapper),
        "reversed() of 3": partial(creator.call, parts.backwards, wrapper),
        "in, found at 1": partial(creator.call, "operator.contains", wrapper, 2),
        "+=": partial(creator.call, parts.update_at, wrapper, (0,), "iadd", 1),
        "bool()": partial(creator.call, "builtins.bool", wrapper),
        "==": partial(creator.call, "operator.eq", wrapper, wrapper),
    }
    observed = {}
    for name, operation in operations.items():
        operation()
        observed[name] = spy.events.count("acquire")
        spy.events = []
    return observed


@observation("wrapper.views-and-its-lock")
def test_views(stage: Stage) -> dict[str, dict[str, object]]:
    observed: dict[str, dict[str, object]] = {}
    paths: list[tuple[Description, tuple[Any, ...], Any]] = [
        (_NESTED, ("at", "x"), 4.5),
        (_NESTED, ("tail", 1), 7),
        (_POINTS, (0, "y"), 8.0),
    ]
    for description, path, value in paths:
        spy = stage.creator.make(spies.SpyLock)
        raw, wrapper = _wrapped(stage, description, spy)
        spy.memory = raw
        Access(parts.assign_at, (path, value)).carry_out(wrapper)
        observed[f"{description} {'.'.join(map(str, path))}"] = {
            "acquired": spy.events.count("acquire"),
            "written while held": bytes_of(raw) in spy.seen,
        }
    return observed


@observation("wrapper.methods-put-on-its-lock-later")
def test_methods_put_on_later(stage: Stage) -> dict[str, dict[str, int]]:
    observed = {}
    for description, access in ((_VALUE, get_attribute("value")), (_ARRAY, get_item(0))):
        lock, other = (stage.creator.make(spies.SpyLock) for _ in range(2))
        _, wrapper = _wrapped(stage, description, lock)
        stage.creator.call(minimal_locks.lend_methods, lock, other)
        access.carry_out(wrapper)
        observed[access.on(description)] = {"old": len(lock.events), "new": len(other.events)}
    return observed


@observation("wrapper.wrapping-twice")
def test_wrapping_twice(stage: Stage) -> dict[str, bool]:
    creator = stage.creator
    raw = _VALUE.raw.create(creator)
    first, second = creator.synchronized(raw), creator.synchronized(raw)
    return {
        "one wrapper": creator.call(calls.is_same, first, second),
        "one lock": creator.call(calls.is_same, first.get_lock(), second.get_lock()),
    }


# Members.


@observation("wrapper.iteration-and-later-writes")
def test_iteration(stage: Stage) -> dict[str, object]:
    creator = stage.creator
    observed: dict[str, object] = {}
    for place, when in ((1, "the next item"), (2, "a later item")):
        wrapper = _ARRAY.create(creator)
        iterator = creator.call("builtins.iter", wrapper)
        creator.call("builtins.next", iterator)
        wrapper[place] = 77
        observed[when] = 77 in creator.call("builtins.list", iterator)
    return observed


@observation("wrapper.python-members-of-types")
def test_python_members(stage: Stage) -> dict[str, str]:
    creator = stage.creator
    wrapper = creator.synchronized(creator.call(python_subclasses.Pair, 3, 4))
    return {
        "class attribute": in_short(lambda: wrapper.UNIT),
        "property": in_short(lambda: wrapper.total),
        "method": in_short(lambda: invoke(wrapper, "add", 1)),
    }


@observation("wrapper.unknown-attributes")
def test_unknown_attributes(stage: Stage) -> dict[str, dict[str, str]]:
    observed = {}
    for description, name in (
        (_VALUE, "valeu"),
        (_POINT, "z"),
        (_ARRAY, "value"),
        (_POINT, "value"),
    ):
        wrapper = description.create(stage.creator)
        observed[f"{description}.{name}"] = {
            "read": in_short(partial(getattr, wrapper, name)),
            "assigned": in_short(partial(set_attribute(name, 9).carry_out, wrapper)),
            "read again": in_short(partial(getattr, wrapper, name)),
        }
    return observed


@observation("wrapper.deletion")
def test_deletion(stage: Stage) -> dict[str, str]:
    value, point, array, text = (
        one.create(stage.creator) for one in (_VALUE, _POINT, _ARRAY, _STRING)
    )
    return {
        "value": in_short(lambda: delattr(value, "value")),
        "field": in_short(lambda: delattr(point, "x")),
        "item": in_short(lambda: array.__delitem__(0)),
        "slice": in_short(lambda: array.__delitem__(slice(1))),
        "raw": in_short(lambda: delattr(text, "raw")),
    }


@observation("wrapper.operators")
def test_operators(stage: Stage) -> dict[str, str]:
    creator = stage.creator
    raw = _VALUE.raw.create(creator)
    one, other = creator.synchronized(raw), creator.synchronized(raw)
    zero, empty = creator.Value("i", 0), creator.Array("i", 0)
    calls: dict[str, tuple[Any, ...]] = {
        "w + 1": ("operator.add", one, 1),
        "int(w)": ("builtins.int", one),
        "w < 8": ("operator.lt", one, 8),
        "w == 7": ("operator.eq", one, 7),
        "w == w": ("operator.eq", one, one),
        "w == another of one object": ("operator.eq", one, other),
        "bool(w), value 0": ("builtins.bool", zero),
        "bool(w), length 0": ("builtins.bool", empty),
    }
    observed = {name: in_short(partial(creator.call, *call)) for name, call in calls.items()}
    for name, function in (("hash(w)", "builtins.hash"), ("weakref.ref(w)", "weakref.ref")):
        observed[name] = works(partial(creator.call, function, one))
    return observed


# Classes.


@observation("wrapper.classes-called-directly")
def test_classes_called_directly(stage: Stage) -> dict[str, dict[str, str]]:
    creator = stage.creator
    context = creator.call(processes.context)
    ways: dict[str, dict[str, Any]] = {
        "obj": {},
        "obj, lock=lock": {"lock": creator.RLock()},
        "obj, ctx=ctx": {"ctx": context},
    }
    observed = {}
    kinds = {"Synchronized": _VALUE, "SynchronizedArray": _ARRAY, "SynchronizedString": _STRING}
    for name, description in kinds.items():
        cls = creator.call("builtins.getattr", Name(stage.target.backend), name)
        raw = description.raw.create(creator)
        observed[name] = {
            way: works(partial(cls, raw, **keywords)) for way, keywords in ways.items()
        }
    return observed


@observation("wrapper.names-of-classes")
def test_names_of_classes(stage: Stage) -> dict[str, str]:
    creator = stage.creator
    return {
        name: creator.call(calls.class_name, description.create(creator))
        for description, name in SAMPLE_NAMES.items()
    }


@observation("wrapper.accessors-in-common")
def test_accessors(stage: Stage) -> object:
    creator = stage.creator
    accessors = []
    for name in (objects.POINT, structure(("x", "c_int"))):
        cls = creator.call("builtins.type", creator.Value(CType(name)))
        accessors.append(creator.call("inspect.getattr_static", cls, "x", None))
    return creator.call(calls.is_same, *accessors)


@observation("wrapper.names-that-collide")
def test_names_that_collide(stage: Stage) -> dict[str, str]:
    observed = {}
    for name in ("class", "acquire", "release", "get_obj", "get_lock", "_obj", "_lock", "__init__"):
        kind = CType(structure((name, "c_int")))
        observed[name] = in_short(partial(stage.creator.Value, kind, 3))
        if observed[name].startswith("returned"):
            wrapper = stage.creator.Value(kind, 3)
            observed[name] = in_short(partial(get_attribute(name).carry_out, wrapper))
    return observed


# Cost.


@observation("wrapper.cost-of-an-access")
def test_cost(stage: Stage) -> float:
    wrapper = _VALUE.create(stage.creator)
    seconds = [
        stage.creator.call(timing.read_value, obj, 2000) for obj in (wrapper, wrapper.get_obj())
    ]
    ratio: float = round(seconds[0] / seconds[1], 1)
    return ratio

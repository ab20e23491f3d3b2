"""Area `wrapper`: what is recorded about wrappers because no clause promises it."""

from __future__ import annotations

from functools import partial
from typing import Any

from ...actors.locks import minimal_locks, spies
from ...actors.objects import timing
from ...actors.runtime import calls, processes
from ...actors.runtime.type_names import structure
from ...stage.descriptions import Description
from ...stage.handles import Handle
from ...stage.names import CType, Name
from ...stage.stage import Stage
from ...strategies import objects
from ...strategies.accesses import (
    SAMPLE_NAMES,
    SAMPLES,
    get_attribute,
    get_item,
    set_attribute,
)
from ..kit.check import observation
from ..kit.observe import in_short, works

_VALUE = Description("Value", "i", (7,))
_ARRAY = Description("Array", "h", ((1, 2, 3),))
_STRING = Description("Array", "c", (b"hello world",))
_POINT = Description("Value", CType(objects.POINT), (1.5, -2.5))


def _wrapped(stage: Stage, description: Description, lock: Handle) -> tuple[Handle, Handle]:
    raw = description.raw.create(stage.creator)
    return raw, stage.creator.synchronized(raw, lock)


# Its lock.


@observation("wrapper.lock-methods-per-access")
def test_lock_methods_per_access(stage: Stage) -> dict[str, dict[str, list[str]]]:
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


@observation("wrapper.lock-methods-replaced-later")
def test_lock_methods_replaced_later(stage: Stage) -> dict[str, dict[str, int]]:
    observed = {}
    for description, access in ((_VALUE, get_attribute("value")), (_ARRAY, get_item(0))):
        lock, other = (stage.creator.make(spies.SpyLock) for _ in range(2))
        _, wrapper = _wrapped(stage, description, lock)
        stage.creator.call(minimal_locks.delegate_methods, lock, other)
        access.carry_out(wrapper)
        observed[access.on(description)] = {"old": len(lock.events), "new": len(other.events)}
    return observed


# Members.


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


# Classes.


@observation("wrapper.classes-called-directly")
def test_classes_called_directly(stage: Stage) -> dict[str, dict[str, str]]:
    creator = stage.creator
    context = creator.call(processes.context)
    spellings: dict[str, dict[str, Any]] = {
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
            spelling: works(partial(cls, raw, **keywords))
            for spelling, keywords in spellings.items()
        }
    return observed


@observation("wrapper.class-names")
def test_class_names(stage: Stage) -> dict[str, str]:
    creator = stage.creator
    return {
        name: creator.call(calls.class_name, description.create(creator))
        for description, name in SAMPLE_NAMES.items()
    }


@observation("wrapper.shared-accessors")
def test_shared_accessors(stage: Stage) -> object:
    creator = stage.creator
    accessors = []
    for name in (objects.POINT, structure(("x", "c_int"))):
        cls = creator.call("builtins.type", creator.Value(CType(name)))
        accessors.append(creator.call("inspect.getattr_static", cls, "x", None))
    return creator.call(calls.is_same, *accessors)


@observation("wrapper.colliding-field-names")
def test_colliding_field_names(stage: Stage) -> dict[str, str]:
    observed = {}
    for name in ("class", "acquire", "release", "get_obj", "get_lock", "_obj", "_lock", "__init__"):
        kind = CType(structure((name, "c_int")))
        observed[name] = in_short(partial(stage.creator.Value, kind, 3))
        if observed[name].startswith("returned"):
            wrapper = stage.creator.Value(kind, 3)
            observed[name] = in_short(partial(get_attribute(name).carry_out, wrapper))
    return observed


# Cost.


@observation("wrapper.access-cost")
def test_access_cost(stage: Stage) -> float:
    wrapper = _VALUE.create(stage.creator)
    seconds = [
        stage.creator.call(timing.read_value, obj, 2000) for obj in (wrapper, wrapper.get_obj())
    ]
    ratio: float = round(seconds[0] / seconds[1], 1)
    return ratio

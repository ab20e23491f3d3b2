"""Area `sharing`: objects for processes of another start method than that of their creators.

A backend may look at the start method when it constructs an object, or when a process receives it,
and the two need not agree. A family of three covers more of that: a child that was forked may have
what it inherited in another form than what it passes on.
"""

from __future__ import annotations

from ...actors.runtime import memory
from ...actors.scenarios import transfer
from ...actors.scenarios.transfer import ARRIVED, LOOKED
from ...stage.actor import Actor
from ...stage.descriptions import Description
from ...stage.findings import NotKept, OperationRaised, Refused, Unjudged
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies.objects import POINT
from ..kit.check import check
from ..kit.packages import METHODS, context_of

_GIVE = transfer.give_unless_refused
# Several are large: each may have a descriptor, whose number a child may reuse.
_RAW = (
    Description("RawValue", CType(POINT), (1.5, 2.5)),
    Description("RawArray", "d", ([1.5, 2.5],)),
    *[Description("RawArray", "B", (300 << 10,))] * 4,
)
_Made = dict[str, Handle]


def _make(actor: Actor, methods: list[str]) -> tuple[_Made, _Made]:
    """Construct objects in an actor; return those for processes of any method, and the others.

    Other clauses say which objects can be constructed.
    """
    suited: _Made = {}
    for number, description in enumerate(_RAW):
        try:
            obj = description.create(actor)
        except OperationRaised:
            continue
        # The bytes of another object must not pass for its own.
        actor.call(memory.fill, obj, (actor.number << 8 | number).to_bytes(8, "big"))
        suited[f"{description}, number {number} of {actor.name}"] = obj
    return suited, _values(actor, methods)


def _values(actor: Actor, methods: list[str]) -> _Made:
    values: _Made = {}
    for method in [None, *methods]:
        keywords = {"ctx": context_of(actor, method)} if method else {}
        try:
            values[f"Value('i', 7) of {actor.name}, constructed for {method or 'no context'}"] = (
                actor.Value("i", 7, **keywords)
            )
        except OperationRaised:
            continue
    return values


def _give(actor: Actor, method: str, objects: _Made) -> None:
    """Pass objects to one process, and one by one if they are refused together or do not arrive."""
    problem, code = actor.call(_GIVE, list(objects.values()), context_of(actor, method))
    if len(objects) > 1 and (problem or code != ARRIVED):
        for name, obj in objects.items():
            _give(actor, method, {name: obj})
    # A process that ends before it looks at them has refused them, as it may.
    if problem and code in LOOKED:
        names = ", ".join(objects)
        raise NotKept(f"{names}, passed by {actor.name} to a process of {method}: {problem}")


def _other_methods(stage: Stage) -> list[str]:
    others = []
    for method in METHODS:
        try:
            context_of(stage.creator, method)
        except Refused:
            continue
        if method != stage.target.method:
            others.append(method)
    return others


@check("sharing.mixed-contexts-share-or-raise")
def test_mixed_contexts_share_or_raise(stage: Stage) -> None:
    creator, methods = stage.creator, _other_methods(stage)
    if not methods:
        raise Unjudged(f"{stage.target.contexts} has no other start method")
    suited, values = _make(creator, methods)
    # A child that is forked from this process inherits what its first start brought about.
    for method in methods:
        _give(creator, method, suited)
    try:
        # Without the values: if one of them is refused, the child is not started at all.
        child = stage.start(*suited.values())
        inherited = {name: child(obj) for name, obj in suited.items()}
    except OperationRaised:
        child, inherited = stage.start(), {}
    own, own_values = _make(child, methods)
    # As many again here: what the child constructed must not be mistaken for these.
    _others = _make(creator, methods)
    for method in methods:
        for actor, objects, made in (
            (creator, suited, values),
            (child, {**inherited, **own}, own_values),
        ):
            _give(actor, method, objects)
            for name, value in made.items():
                _give(actor, method, {name: value})

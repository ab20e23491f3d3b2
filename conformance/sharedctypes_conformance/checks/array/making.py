"""How the checks of this area make arrays, and compare them with those of ctypes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ...actors.objects import every_sequence
from ...actors.runtime.type_names import array
from ...stage.actor import Actor
from ...stage.findings import NotKept
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies import objects, values
from ..kit.observe import Outcome, attempt, expect

# No typecodes: another area judges, once, that all of them are accepted.
TYPES = tuple(
    map(
        CType,
        (
            *values.SIMPLE_TYPES,
            *objects.STRUCTURES,
            objects.DERIVED,
            array(3, "c_int"),
            array(2, objects.POINT),
        ),
    )
)


def expect_like_ctypes(stage: Stage, sort: str, *names: str) -> None:
    """Expect that arrays of all types are the same as ordinary ones, from sequences of a sort."""

    def look() -> None:
        makers = {name: stage.backend_function(name) for name in ("RawArray", "Array")}
        types = list(map(CType, names))
        found = stage.creator.call(every_sequence.unlike_ctypes, makers, types, sort)
        for call, got, wanted in found[:1]:
            raise NotKept(f"{call} made {got}, should make {wanted}")

    stage.once(("sequences", sort), look)


def call_in_words(maker: str, kind: CType, init: object) -> str:
    """Return a call of a constructor, for a message about it."""
    return f"{maker}({kind}, {init})"


def construct(actor: Actor, maker: str, kind: CType, init: Any) -> Handle:
    """Return the raw array that a call of the constructor `maker` creates."""
    made: Handle = getattr(actor, maker)(kind, init)
    return made if maker == "RawArray" else made.get_obj()


def ordinary_array(actor: Actor, kind: CType, items: list[Any]) -> Handle:
    """Return the ordinary ctypes array with these items."""
    made: Handle = actor.call(CType(array(len(items), kind.name)), *items)
    return made


def outcome_of_call(function: Callable[..., Any], *args: Any) -> Outcome:
    """Return how a call ends."""
    return attempt(partial(function, *args))


def expect_next_array_works(actor: Actor, maker: str, kind: CType, after: str) -> None:
    """Expect that an array constructed after a refusal is as it should be."""
    made = construct(actor, maker, kind, 3)
    expect(
        made,
        actor.call(CType(array(3, kind.name))),
        f"{call_in_words(maker, kind, 3)} after {after}",
    )

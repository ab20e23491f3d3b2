"""The backend's four functions that create objects, and an object of each, for several checks."""

from __future__ import annotations

from typing import Any

from ...stage.actor import Actor
from ...stage.descriptions import Description
from ...stage.names import CType, Name
from ...stage.stage import Stage
from ...strategies.objects import POINT

NAMES = ("RawValue", "RawArray", "Value", "Array")
ONE_OF_EACH = (
    Description("RawValue", CType(POINT), (1.5, 2.5)),
    Description("RawArray", "d", ([1.5, 2.5],)),
    Description("Value", "i", (7,)),
    Description("Array", "c", (b"shared",), lock="Lock"),
)


def makers_of(stage: Stage) -> list[Any]:
    """Return RawValue, RawArray, Value and Array of the backend, in this order."""
    return [stage.backend_function(name) for name in NAMES]


def constructing_processes(stage: Stage) -> dict[str, Actor]:
    """Return the creator, and a child that only constructs objects.

    To be called before the example does anything else.
    """

    def start() -> tuple[Actor, list[Actor]]:
        child = stage.start_resident()
        return child, [child]

    child = stage.pool.cast("a child that constructs objects", start)
    return {"the creator": stage.creator, "a child": child}


def code_of(kind: object) -> str:
    """Return a type argument as code."""
    return str(kind) if isinstance(kind, Name | CType) else ascii(kind)

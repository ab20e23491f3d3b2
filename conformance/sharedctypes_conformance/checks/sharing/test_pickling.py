"""Area `sharing`: routes that are refused before, during and after a start of a process."""

from __future__ import annotations

from contextlib import suppress
from itertools import product

from ...actors.runtime.type_names import structure
from ...actors.scenarios import pickling
from ...stage.descriptions import Description
from ...stage.findings import NotKept, OperationRaised, Refused
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies.objects import NESTED, POINT
from ..kit.check import check

# The standard library's own, and those of pickle and of C for what cannot be pickled.
_REFUSALS = tuple(cls.__name__ for cls in pickling.REFUSALS)

_WHEN = {
    pickling.sent: "",
    pickling.sent_during_a_start: ", by another thread during a start",
    pickling.sent_after_a_failed_start: ", after a start that raised",
}


def _expect_refusal(stage: Stage, descriptions: list[Description], routes: list[str]) -> None:
    objects: dict[Description, Handle] = {}
    refused: list[Refused] = []
    for description in descriptions:
        try:
            objects[description] = description.create_or_refuse(stage.creator)
        except Refused as refusal:
            refused.append(refusal)
    if not objects:
        raise refused[0]
    actors = [stage.creator]
    with suppress(OperationRaised):  # other clauses say what can be passed to a process
        actors.append(stage.start(*objects.values()))
    for actor, route, (send, when) in product(actors, routes, _WHEN.items()):
        outcomes = actor.call(send, list(map(actor, objects.values())), route)
        # There are none if a start pickles nothing, or if the sending thread waits for its end.
        for description, raised in zip(objects, outcomes, strict=False):
            if raised not in _REFUSALS:
                raise NotKept(
                    f"{description} by {route}{when}, in {actor.name}: {raised}, "
                    f"should raise {' or '.join(_REFUSALS)}"
                )


@check("sharing.wrappers-cannot-be-pickled")
def test_wrappers_cannot_be_pickled(stage: Stage) -> None:
    wrappers = [
        Description("Value", "i", (7,)),
        Description("Value", CType(POINT)),
        Description("Array", "d", (2,)),
        Description("Array", "c", (2,)),
    ]
    _expect_refusal(stage, wrappers, ["pickle", "a pipe"])


@check("sharing.raw-objects-cannot-be-sent")
def test_raw_objects_cannot_be_sent(stage: Stage) -> None:
    raw = [
        Description("RawValue", "i", (7,)),
        Description("RawValue", CType(POINT)),
        Description("RawValue", CType(NESTED)),
        Description(
            "RawValue", CType(structure(("whole", "c_int"), ("part", "c_short"), kind="union"))
        ),
        Description("RawArray", "d", (2,)),
        Description("RawArray", CType(POINT), (2,)),
        Description("Array", "c", (2,), lock=False),
    ]
    _expect_refusal(stage, raw, ["a pipe"])

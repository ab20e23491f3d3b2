"""Operations on an allocator: objects are constructed, filled, copied and dropped in any order.

An allocator sees only sizes and alignments, so the objects differ in these: sizes around every
power of two, where allocators change their behaviour, and any other size up to a few pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis.strategies import SearchStrategy

from ..stage.descriptions import Description
from ..stage.names import CType
from ..stage.stage import Stage
from . import objects, values
from .decisions import Decisions, read_from

_TURNING_POINTS = sorted({max(0, 2**bits + off) for bits in range(13) for off in (-1, 0, 1)})
_STRINGS = (b"", b"x", b"hello world", b"0123456789" * 7)

ALLOCATIONS: tuple[Description, ...] = (
    *(Description("RawValue", CType(name)) for name in values.SIMPLE_TYPES),
    *(Description("RawValue", CType(name)) for name in objects.FIELDS),
    *(Description("RawArray", CType("c_char"), (size,)) for size in _TURNING_POINTS),
    *(
        Description("RawArray", CType(name), (place % 5,))
        for place, name in enumerate((*values.SIMPLE_TYPES, *objects.STRUCTURES))
    ),
    *(Description("RawArray", CType("c_char"), (init,)) for init in _STRINGS),
    Description("RawArray", CType("c_double"), ([1.5, 2.5, 3.5],)),
    Description("RawValue", CType(objects.POINT), (1.5, 2.5)),
    Description("Value", CType("c_short"), (7,)),
    Description("Value", CType(objects.NESTED)),
    Description("Array", CType("c_int"), (range(9),)),
    Description("Array", CType("c_char"), (b"guarded",)),
)

# Initializers that ctypes refuses. The memory of the object has been allocated by then.
REFUSED: tuple[Description, ...] = (
    Description("RawValue", CType("c_int"), ("text",)),
    Description("RawValue", CType(objects.POINT), ("text",)),
    Description("Value", CType("c_double"), ("text",)),
    *(
        Description(maker, CType("c_int"), ([1] * size + ["text"],))
        for maker in ("RawArray", "Array")
        for size in (1, 15, 40)
    ),
)

# "make" is frequent, so that there is something to drop and something that outlives it.
_ACTIONS = ("", "make", "make", "make", "make", "refuse", "drop", "drop", "fill", "copy")


@dataclass(frozen=True)
class Step:
    """One operation on a shelf: "make" an object, or "drop", "fill" or "copy" one of those on it.

    `which` chooses that one, modulo their number. "refuse" makes one whose initializer is refused.
    """

    action: str
    which: int = 0
    description: Description | None = None

    def __repr__(self) -> str:
        return f"{self.action} {self.description or self.which}"

    def on(self, stage: Stage) -> tuple[str, int, Any, tuple[Any, ...]]:
        """Return the operation as `Shelf.carry_out` takes it."""
        if self.description is None:
            return (self.action, self.which, stage.backend_function("copy"), ())
        function = stage.backend_function(self.description.maker)
        return (self.action, 0, function, (self.description.type, *self.description.args))


# Some sizes of which several objects are made and dropped, and then made again: what an allocator
# keeps for them in between must not be used by two processes.
MAKE_SOME = tuple(
    Step("make", description=Description("RawArray", CType("c_ubyte"), (size,)))
    for size in (8, 24, 200, 5000)
    for _ in range(2)
)
MAKE_AND_DROP_SOME = (*MAKE_SOME, *(Step("drop") for _ in MAKE_SOME))


def steps(most: int = 18) -> SearchStrategy[tuple[Step, ...]]:
    """Return the steps of one thread, many of which make something."""
    return read_from(lambda decisions: _read_steps(decisions, most), 3 * most)


def _read_steps(decisions: Decisions, most: int) -> tuple[Step, ...]:
    read = [_read_step(decisions) for _ in range(most)]
    return tuple(step for step in read if step.action)


def _read_step(decisions: Decisions) -> Step:
    action = decisions.one_of(_ACTIONS)
    drawn = decisions.bytes(2)
    if action == "refuse":
        return Step(action, description=REFUSED[drawn[0] % len(REFUSED)])
    if action != "make":
        return Step(action, drawn[0])
    if drawn[0] < 0xC0:
        return Step(action, description=ALLOCATIONS[drawn[0] % len(ALLOCATIONS)])
    size = int.from_bytes(drawn) % 10_000
    return Step(action, description=Description("RawArray", CType("c_ubyte"), (size,)))

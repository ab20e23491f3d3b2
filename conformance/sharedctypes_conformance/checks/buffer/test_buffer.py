"""Area `buffer`: raw objects as memory, through the buffer protocol, pointers and C.

Each operation is carried out on an ordinary ctypes object too, and has to have the same effect. The
members are read before and after, since they have to agree with what is in memory.
"""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from ...actors.objects import buffers
from ...actors.runtime.type_names import array
from ...stage.actor import actor_of
from ...stage.descriptions import Description
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies import raw_memory
from ...strategies.accesses import Access
from ...strategies.members import length_of
from ...strategies.objects import ctype_of
from ...strategies.raw_memory import READ_MEMBERS, Case
from ..kit.check import check
from ..kit.twins import same_as_twin

_WHO = st.sampled_from(["creator", "child"])


def _same_as_ctypes(stage: Stage, cases: list[Case], who: str, members: bool = True) -> None:
    """Compare accesses to inherited objects with ctypes; their members as well, if `members`."""
    for case in cases:
        shared = stage.pool.take(case.object, raw_memory.OBJECTS)
        obj, ordinary = shared.seen_by(who), _ordinary(case.object, shared.raw)
        steps = _with_members(case.accesses) if members else case.accesses
        same_as_twin(steps, obj, shared.raw, case.object, ordinary)


def _same_in_creator(stage: Stage, case: Case, members: bool = True) -> None:
    """Compare accesses by the process that constructed an object with ctypes."""
    raw = case.object.create(stage.creator)
    ordinary = _ordinary(case.object, raw)
    steps = _with_members(case.accesses) if members else case.accesses
    same_as_twin(steps, raw, raw, case.object, ordinary)


def _ordinary(description: Description, raw: Handle) -> Handle:
    """Return an ordinary object of the requested type, whatever type the backend's has."""
    kind = description.type
    if description.maker == "RawArray":
        kind = CType(array(length_of(description), ctype_of(description)))
    made: Handle = actor_of(raw).call(buffers.ordinary, kind, raw)
    return made


def _with_members(accesses: list[Access]) -> list[Access]:
    # Read before, too: a backend may cache what was read once.
    return [READ_MEMBERS, *accesses, READ_MEMBERS]


def _of(
    clause: str, operations: raw_memory.AccessKind, members: bool = True
) -> Callable[..., Callable[..., None]]:
    """Tie a function to a clause on one group of operations on memory."""
    drawn, made = raw_memory.inherited(operations), raw_memory.generated(operations)
    return check(clause, members, drawn=drawn, made=made, who=_WHO)


@_of("buffer.memoryview-matches-ctypes", raw_memory.DESCRIBING, members=False)
@_of("buffer.reads-see-shared-memory", raw_memory.READING, members=False)
@_of("buffer.writes-reach-shared-memory", raw_memory.WRITING)
@_of("buffer.from-buffer-shares-memory", raw_memory.ALIASING)
@_of("buffer.from-buffer-copy-is-independent", raw_memory.COPYING)
@_of("buffer.pointers-access-shared-memory", raw_memory.POINTING)
@_of("buffer.memory-functions-access-shared-memory", raw_memory.USING)
def test_memory(stage: Stage, members: bool, drawn: list[Case], made: Case, who: str) -> None:
    _same_as_ctypes(stage, drawn, who, members)
    _same_in_creator(stage, made, members)


@check(
    "buffer.c-functions-take-raw-objects",
    drawn=raw_memory.inherited(raw_memory.GIVING_TO_C),
    who=_WHO,
)
def test_c_functions_take_raw_objects(stage: Stage, drawn: list[Case], who: str) -> None:
    _same_as_ctypes(stage, drawn, who)

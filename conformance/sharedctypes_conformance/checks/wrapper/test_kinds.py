"""Area `wrapper`: `synchronized` of raw objects of every kind, in the creator and in a child."""

from __future__ import annotations

from hypothesis import strategies as st

from ...actors.runtime import memory
from ...actors.runtime.type_names import array
from ...stage.descriptions import Description
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies import members, objects, values
from ...strategies.members import Accesses, on_each
from ..kit.check import check
from ..kit.observe import expect, expect_is
from ..kit.twins import bytes_of, same_as_twin, twin_of


def _accesses(description: Description) -> Accesses:
    """Return accesses to an object of the tables, all of which wrappers support."""
    ctype = objects.ctype_of(description)
    if description in objects.STRINGS:
        return st.one_of(members.string_accesses, _items(description))
    if description.maker == "Array":
        return _items(description)
    if ctype in values.SIMPLE_TYPES:
        return members.reading_and_assigning("value", values.any_for(ctype))
    return members.field_accesses(members.FIELDS[ctype])


def _items(description: Description) -> Accesses:
    length, ctype = members.length_of(description), objects.ctype_of(description)
    return st.one_of(
        members.item_accesses(length, members.assignable(ctype)),
        members.slice_accesses(length, members.fitting(ctype)),
    )


# By type: not every backend has every typecode, which is judged in its own area.
_KINDS: dict[Description, Accesses] = {
    Description(one.raw.maker, CType(objects.ctype_of(one)), one.args): _accesses(one)
    for one in members.ALL
}

# The standard library cannot pass arrays of arrays to a spawned child.
_ROWS = members.item_accesses(2, st.lists(values.integers, max_size=3).map(tuple))
_NOT_FOR_CHILDREN: dict[Description, Accesses] = {
    Description("RawArray", CType(array(3, "c_int")), (2,)): _ROWS,
    Description("RawValue", CType(array(2, array(3, "c_int")))): _ROWS,
}
_LOCKS = st.sampled_from(["", "Lock", "RLock"])


def _locks(stage: Stage, lock: str) -> list[Handle]:
    return [getattr(stage.creator, lock)()] if lock else []


@check(
    "wrapper.synchronized-wraps-every-kind",
    drawn=on_each({**_KINDS, **_NOT_FOR_CHILDREN}),
    lock=_LOCKS,
    is_shared=st.booleans(),
)
def test_synchronized_wraps_every_kind(
    stage: Stage, drawn: list[members.Case], lock: str, is_shared: bool
) -> None:
    creator = stage.creator
    for description, _, operations in drawn:
        obj = description.create(creator)
        if not is_shared:
            obj = twin_of(obj)
        wrapper = creator.synchronized(obj, *_locks(stage, lock))
        shown = f"synchronized({'' if is_shared else 'ordinary '}{description})"
        expect_is(wrapper.get_obj(), obj, f"get_obj() of {shown} is what was wrapped")
        same_as_twin(operations, wrapper, obj, shown)


# Without arrays: some interpreters copy them differently, which is judged in its area.
_COPIED = {one: accesses for one, accesses in _KINDS.items() if one.maker == "RawValue"}


@check(
    "wrapper.synchronized-wrapper-is-inherited",
    costly=True,
    raw=on_each(_KINDS, at_once=12),
    copied=on_each(_COPIED, at_once=6),
    lock=_LOCKS,
)
def test_synchronized_wrapper_is_inherited(
    stage: Stage, raw: list[members.Case], copied: list[members.Case], lock: str
) -> None:
    creator = stage.creator
    wrapped = []
    for cases, what in ((raw, "synchronized({})"), (copied, "synchronized(copy({}))")):
        for description, _, operations in cases:
            obj = description.create(creator)
            if cases is copied:
                obj = creator.copy(obj)
            wrapper = creator.synchronized(obj, *_locks(stage, lock))
            wrapped.append((wrapper, obj, operations, what.format(description)))
    child = stage.start(*(wrapper for wrapper, *_ in wrapped))
    for wrapper, obj, operations, shown in wrapped:
        inherited = child(wrapper)
        same_as_twin(operations, inherited, obj, f"{shown} in a child")
        # What the parent writes to the raw object is visible in the child.
        creator.call(memory.fill, obj, bytes(len(bytes_of(obj))))
        expect(
            inherited.get_obj(), twin_of(obj), f"{shown}.get_obj() in a child, zeroed elsewhere,"
        )
        with inherited.get_lock():
            taken = wrapper.get_lock().acquire(False)
        expect(taken, False, f"get_lock().acquire(False) of {shown}, while a child holds it")

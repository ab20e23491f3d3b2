"""Area `wrapper`: when accesses acquire and release the lock.

Spies decide most of it without a race: locks that record their use, read the memory, and change it
behind the wrapper's back at the moment when they are acquired and released.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from hypothesis import strategies as st

from ...actors.locks import each_type
from ...actors.objects import copy_sources, initializers
from ...actors.runtime import memory, parts
from ...actors.runtime.type_names import array
from ...stage.actor import actor_of
from ...stage.descriptions import Description
from ...stage.findings import Unlocked
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.pool import Shared
from ...stage.stage import Stage
from ...strategies import objects, values
from ...strategies.accesses import (
    SAMPLES,
    Access,
    get_attribute,
    get_item,
    samples,
    set_attribute,
    set_item,
)
from ...strategies.tables import each_of
from ..kit.check import check
from ..kit.observe import attempt, expect, expect_same
from ..kit.spying import by_spies_or_waiting, wait_instead
from ..kit.twins import bytes_of, same_as_twin, twin_of

_LONG = Description("Array", "h", (range(1, 6001),))

# Every category of wrapper with all its accesses, and fields and elements of more kinds.
_ACCESSES: dict[Description, tuple[Access, ...]] = {
    **SAMPLES,
    Description("Array", CType("c_wchar"), ("wide",)): (
        get_item(0),
        set_item(1, "\u20ac"),
        get_item(slice(1, 3)),
        set_item(slice(0, 2), ["a", "b"]),
    ),
    Description("Array", "d", ((0.5, -1.0, 2.5, 8.0),)): (
        get_item(slice(None, None, 2)),
        set_item(slice(None, None, -2), (1.5, 7.0)),
    ),
    Description("Value", CType(objects.BITS), (1, 2, 3)): (
        get_attribute("mid"),
        set_attribute("low", 6),
    ),
    Description("Value", CType(objects.NUMBER), (77,)): (
        get_attribute("i"),
        set_attribute("f", 0.5),
    ),
    Description("Value", CType(objects.NESTED), (7, (1.0, 2.0), (1, 2, 3))): (
        get_attribute("at"),
        set_attribute("at", (4.0, 5.0)),
        get_attribute("tail"),
        set_attribute("tail", (6, 5, 4)),
    ),
    Description("Array", CType(array(3, "c_int")), (2,)): (get_item(1), set_item(0, (1, 2, 3))),
    # A backend may work through long slices piece by piece.
    _LONG: (
        get_item(5000),
        get_item(slice(100, 5900)),
        set_item(-1, 30),
        set_item(slice(200, 5800), range(5600)),
    ),
}

# All bytes are valid for them, and a write to one member must leave those of others alone.
_ANY_BYTES = tuple(
    Description("Value", CType(name), args)
    for name, args in ((objects.BITS, (1, 2, 3)), (objects.NUMBER, (77,)))
)

# Each step of these is a read.
_ITERATIONS = (
    Access("builtins.list", ()),
    Access(parts.backwards, ()),
    Access(parts.zipped, ()),
    Access(initializers.unpacked, ()),
)

_SPIED = each_of(list(_ACCESSES))

_CONTAINS = "operator.contains"

# Slices in both directions, with steps and without, whose ends are on both sides of the items.
_CUTS = (
    slice(None, None, -1),
    slice(None, None, 2),
    slice(-2, None),
    slice(-1, 0, -2),
    slice(1, 100_000),
    slice(100_000, None, -3),
)


def _accesses_to(description: Description, raw: Handle) -> list[Access]:
    """Return the accesses to an object, for an array with those to more slices of it.

    Of an empty slice there is nothing to guard.
    """
    accesses = list(_ACCESSES[description])
    twin = twin_of(raw)
    for cut in _CUTS if description.maker == "Array" else ():
        items = get_item(cut).carry_out(twin)
        if items:
            accesses.append(get_item(cut))
        if items and not _is_view(items):
            accesses.append(set_item(cut, items))
    return accesses


def _events_during(access: Access, wrapper: Handle, spy: Handle) -> list[str]:
    before = len(spy.events)
    access.carry_out(wrapper)
    events: list[str] = spy.events[before:]
    return events


_PAIR = ["acquire", "release"]


_NUMBERS = each_of(
    [Description("Value", CType(name)) for name in (*values.INTEGERS, *values.FLOATS, "c_bool")]
)


def _expect_one_use_for_each_type(stage: Stage) -> None:
    value, array = map(stage.backend_function, ("Value", "Array"))
    types = [CType(name) for name in values.SIMPLE_TYPES]
    for shown, kind, events in stage.creator.call(each_type.unlike_one_use, value, array, types):
        unlocked = () if events else [Unlocked(kind)]
        expect(events, _PAIR, f"the uses of the lock during {shown}: this", *unlocked)


@check("wrapper.access-acquires-lock-once", description=_SPIED, number=_NUMBERS)
def test_access_acquires_lock_once(
    stage: Stage, description: Description, number: Description
) -> None:
    def spied(raw: Handle, wrapper: Handle, spy: Handle) -> None:
        stage.once("one use for each type", lambda: _expect_one_use_for_each_type(stage))
        for access in _accesses_to(description, raw):
            what = f"the uses of the lock during {access.on(description)}: this"
            events = _events_during(access, wrapper, spy)
            expect(events, _PAIR, what, *(() if events else [access.unlocked]))

    def waiting() -> None:
        wait_instead(stage, description, *_ACCESSES[description])
        wait_instead(stage, number, get_attribute("value"))

    by_spies_or_waiting(stage, description, spied, waiting)


@check("wrapper.reads-happen-under-lock", description=_SPIED)
def test_reads_happen_under_lock(stage: Stage, description: Description) -> None:
    def read(raw: Handle) -> list[Access]:
        reads = [one for one in _accesses_to(description, raw) if not one.writes]
        if description.maker != "Array" or description == _LONG:
            return reads
        # Tuples of views, as zip() gives them, are other objects each time, and cannot be compared.
        views = _is_view(get_item(0).carry_out(raw))
        return [*reads, *_ITERATIONS[: 1 if views else None]]

    def spied(raw: Handle, wrapper: Handle, spy: Handle) -> None:
        before = bytes_of(raw)
        during = _changed(before, 1)
        twin = twin_of(raw)
        stage.creator.call(memory.fill, twin, during)
        spy.memory = raw
        spy.on_acquire, spy.on_release = during, _changed(before, 2)
        sought = get_item(0).carry_out(twin) if description.maker == "Array" else None
        search = [] if sought is None or _is_view(sought) else [Access(_CONTAINS, (sought,))]
        for access in [*read(raw), *search]:
            if _is_view(access.carry_out(twin)):
                # A view is not a copy: what is read through it is read after the release.
                continue
            stage.creator.call(memory.fill, raw, before)
            got = attempt(partial(access.carry_out, wrapper))
            wanted = attempt(partial(access.carry_out, twin))
            expect_same(
                got, wanted, f"{access.on(description)}, with other bytes before and after,"
            )

    def waiting() -> None:
        wait_instead(stage, description, *read(description.raw.create(stage.creator)))

    by_spies_or_waiting(stage, description, spied, waiting)


def _short(data: bytes) -> str:
    return data.hex() if len(data) <= 32 else "other bytes"


def _changed(data: bytes, bits: int) -> bytes:
    # Zeros stay: they terminate strings, and are most of a wide character.
    return bytes(byte ^ bits if byte else byte for byte in data)


def _is_view(value: object) -> bool:
    return isinstance(value, Handle) or (isinstance(value, list) and any(map(_is_view, value)))


@check("wrapper.writes-happen-under-lock", description=_SPIED)
def test_writes_happen_under_lock(stage: Stage, description: Description) -> None:
    def written(raw: Handle) -> list[Access]:
        return [one for one in _accesses_to(description, raw) if one.writes]

    def spied(raw: Handle, wrapper: Handle, spy: Handle) -> None:
        if description in _ANY_BYTES:
            stage.creator.call(copy_sources.fill_with, raw, b"\x15\x2a\x37\x49")
        before = bytes_of(raw)
        # What others have written when the lock is acquired has to stay where it is not assigned.
        during = _changed(before, 1)
        spy.memory, spy.on_acquire = raw, during
        for access in written(raw):
            twin = twin_of(raw)
            stage.creator.call(memory.fill, twin, during)
            access.carry_out(twin)
            stage.creator.call(memory.fill, raw, before)
            spy.at_acquire, spy.seen = [], []
            access.carry_out(wrapper)
            what = f"the memory when {access.on(description)}"
            unlocked = () if spy.at_acquire else [access.unlocked]
            expect(spy.at_acquire[:1], [before], f"{what} acquired the lock: this", *unlocked)
            what = f"{what}, after another process wrote {_short(during)} under the lock"
            expect(spy.seen[-1:], [bytes_of(twin)], f"{what}, released the lock: this")
            expect(bytes_of(raw), bytes_of(twin), f"{what}, had returned: this")

    def waiting() -> None:
        wait_instead(stage, description, *written(description.raw.create(stage.creator)))

    by_spies_or_waiting(stage, description, spied, waiting)


_IN_PLACE: list[tuple[Description, tuple[Any, ...], str, Any]] = [
    (Description("Value", "i", (7,)), ("value",), "iadd", 5),
    (Description("Value", "i", (7,)), ("value",), "ipow", 2),
    (Description("Value", "d", (1.5,)), ("value",), "imul", -3.0),
    (Description("Array", "h", ((1, 2, 3),)), (1,), "isub", 7),
    (Description("Array", "h", ((1, 2, 3),)), (-1,), "ixor", 255),
    (Description("Array", "c", (b"hello" + bytes(11),)), ("value",), "iadd", b" world"),
    (Description("Value", CType(objects.POINT), (1.5, -2.5)), ("x",), "ipow", 2),
    (Description("Value", CType(objects.BITS), (1, 2, 3)), ("mid",), "iadd", 1000),
]


@check("wrapper.in-place-operators-are-two-accesses", drawn=each_of(_IN_PLACE))
def test_in_place_operators_are_two_accesses(
    stage: Stage, drawn: tuple[Description, tuple[Any, ...], str, Any]
) -> None:
    description, path, operation, operand = drawn
    update = Access(parts.update_at, (path, operation, operand))

    def spied(raw: Handle, wrapper: Handle, spy: Handle) -> None:
        before = bytes_of(raw)
        twin = twin_of(raw)
        update.carry_out(twin)
        spy.memory = raw
        what = update.on(description)
        expect(
            _events_during(update, wrapper, spy), _PAIR * 2, f"the uses of the lock during {what}"
        )
        expect(
            spy.at_acquire, [before, before], f"the memory whenever {what} acquired the lock: this"
        )
        wanted = [before, bytes_of(twin)]
        expect(spy.seen, wanted, f"the memory whenever {what} released the lock: this")

    by_spies_or_waiting(stage, description, spied, lambda: wait_instead(stage, description, update))


# Errors.

_ERRORS: dict[Description, tuple[Access, ...]] = {
    Description("Value", "i", (7,)): (
        set_attribute("value", "seven"),
        set_attribute("value", None),
        set_attribute("value", 1.5),
    ),
    Description("Array", "h", ((1, 2, 3),)): (
        get_item(3),
        get_item(-4),
        get_item(slice(0, 2, 0)),
        set_item(3, 1),
        set_item(0, "one"),
        set_item(slice(0, 2), [1]),
        set_item(slice(None, None, 2), [1, "three"]),
    ),
    Description("Array", "c", (b"hello world",)): (
        set_attribute("value", b"more than it holds"),
        set_attribute("value", "text"),
        set_attribute("raw", b"more than it holds"),
        set_attribute("raw", 7),
        get_item(11),
        set_item(0, b"ab"),
        set_item(slice(0, 3), b"ab"),
    ),
    Description("Value", CType(objects.POINT), (1.5, -2.5)): (
        set_attribute("x", "one"),
        set_attribute("y", None),
    ),
    Description("Array", CType(objects.POINT), (((1.5, -2.5), (0.0, 3.0)),)): (
        get_item(2),
        set_item(0, 5),
        set_item(slice(None), [(1.0, 2.0)]),
    ),
}

_LOCKS = (True, "Lock", "RLock")
_GUARDED = samples(*_LOCKS)
_LOCK = st.sampled_from(_LOCKS)
_WHO = st.sampled_from(["creator", "child"])


def _under(description: Description, lock: str | bool) -> Description:
    return Description(description.maker, description.type, description.args, lock)


def _take(stage: Stage, description: Description, who: str) -> tuple[Shared, Handle, Handle]:
    """Return an object of the table, as `who` sees it, and the lock as the other sees it."""
    shared = stage.pool.take(description, tuple(_GUARDED))
    other = shared.seen_by("child" if who == "creator" else "creator")
    return shared, shared.seen_by(who), other.get_lock()


def _expect_free(lock: Handle, what: str) -> None:
    expect(lock.acquire(False), True, f"lock.acquire(False) elsewhere {what}")
    lock.release()


@check(
    "wrapper.failed-access-releases-lock",
    drawn=each_of([(one, access) for one, accesses in _ERRORS.items() for access in accesses]),
    lock=_LOCK,
    who=_WHO,
)
def test_failed_access_releases_lock(
    stage: Stage, drawn: tuple[Description, Access], lock: str | bool, who: str
) -> None:
    description, access = _under(drawn[0], lock), drawn[1]
    shared, wrapper, elsewhere = _take(stage, description, who)
    same_as_twin([access], wrapper, shared.raw, description)
    _expect_free(elsewhere, f"after {access.on(description)}, which raises,")


# Iteration, each step of which is an access.

_ARRAYS = st.sampled_from([one for one in SAMPLES if one.maker == "Array"])


@check(
    "wrapper.iteration-leaves-lock-free",
    description=_ARRAYS,
    lock=_LOCK,
    who=_WHO,
    how=st.sampled_from(parts.ITERATIONS),
    steps=st.integers(1, 2),
)
def test_iteration_leaves_lock_free(
    stage: Stage, description: Description, lock: str | bool, who: str, how: str, steps: int
) -> None:
    description = _under(description, lock)
    shared, wrapper, elsewhere = _take(stage, description, who)
    actor = actor_of(wrapper)
    iteration = actor.make(parts.Iteration, wrapper, how)
    iteration.go_on(steps)
    _expect_free(elsewhere, f"after {steps} steps of {how}, x being {description}, which goes on,")
    # What is done with an element may access the array: under a plain lock it would hang.
    same_as_twin([get_item(0)], wrapper, shared.raw, description)
    iteration.go_on(100)
    _expect_free(elsewhere, f"after the last step of {how}, x being {description},")
    same_as_twin([Access(parts.unpack_two, ())], wrapper, shared.raw, description)
    _expect_free(elsewhere, f"after `one, other = x`, x being {description},")

"""Area `wrapper`: what happens during an access, and locks that fail.

Here the ctypes objects are spies as well: their members run a hook when they are accessed.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from hypothesis import strategies as st

from ...actors.locks import failing_spies, mid_access, spies
from ...actors.runtime import calls, memory
from ...stage.actor import actor_of
from ...stage.descriptions import Description
from ...stage.findings import NotKept, OperationRaised, Refused
from ...stage.handles import Handle
from ...stage.means import SPIES, WAITING_NOT_SPIES
from ...stage.names import Name
from ...stage.stage import Stage
from ...strategies.accesses import SAMPLES, Access, get_attribute, get_item, set_attribute, set_item
from ...strategies.tables import each_of
from ..kit.check import check, observation
from ..kit.exclusion import must_wait
from ..kit.observe import attempt, expect, in_short
from ..kit.spying import by_spies_or_waiting, under_a_spy, wait_instead
from ..kit.twins import bytes_of, same_as_twin, twin_of

# The types of `mid_access`, the arguments of their objects, and every access.
_KINDS: dict[str, tuple[tuple[Any, ...], tuple[Access, ...]]] = {
    "Number": ((7,), (get_attribute("value"), set_attribute("value", 49))),
    "Numbers": (
        (1, 2, 3),
        (
            get_item(1),
            set_item(-1, 30),
            get_item(slice(None)),
            get_item(slice(0, 3, 2)),
            set_item(slice(0, 2), [10, 20]),
            set_item(slice(None, None, -2), [5, 6]),
        ),
    ),
    "Text": (
        (b"h", b"i"),
        (
            get_attribute("value"),
            set_attribute("value", b"HELLO"),
            get_attribute("raw"),
            set_attribute("raw", b"WORLD"),
            get_item(4),
            set_item(0, b"J"),
            get_item(slice(2, 5)),
            set_item(slice(0, 2), b"ab"),
        ),
    ),
    "Pair": (
        (1.5, 7),
        (
            get_attribute("x"),
            set_attribute("x", 3.25),
            get_attribute("n"),
            set_attribute("n", -8),
        ),
    ),
}

_TYPES: dict[str, type] = {
    kind.__name__: kind
    for kind in (mid_access.Number, mid_access.Numbers, mid_access.Text, mid_access.Pair)
}

# Objects of the pool whose lock a hooked object is given: a child cannot inherit types with hooks.
_LOCKS = {lock: Description("Value", "i", (7,), lock) for lock in (True, "Lock", "RLock")}
_WHO = st.sampled_from(["creator", "child"])


def _make(actor: Any, kind: str, lock: Any) -> Handle:
    """Return the wrapper of a hooked object; raises Refused if the backend refuses its type."""
    try:
        made: Handle = actor.Value(_TYPES[kind], *_KINDS[kind][0], lock=lock)
    except OperationRaised as raised:
        raise Refused(str(raised)) from None
    return made


def _calls(accesses: tuple[Access, ...]) -> list[tuple[Name, tuple[Any, ...]]]:
    return [(access.function, access.args) for access in accesses]


_INTERRUPTIONS = (
    "KeyboardInterrupt",
    "MemoryError",
    "SystemExit",
    "GeneratorExit",
    "Interruption",
    "ValueError",
    "StopIteration",
)


@check(
    "wrapper.any-exception-releases-lock",
    kind=st.sampled_from(list(_KINDS)),
    lock=st.sampled_from(list(_LOCKS)),
    who=_WHO,
)
def test_any_exception_releases_lock(stage: Stage, kind: str, lock: str | bool, who: str) -> None:
    shared = stage.pool.take(_LOCKS[lock], tuple(_LOCKS.values())).seen_by(who)
    actor = actor_of(shared)
    wrapper = _make(actor, kind, shared.get_lock())
    accesses = _KINDS[kind][1]
    found = actor.call(mid_access.interrupt_accesses, wrapper, _calls(accesses), _INTERRUPTIONS)
    for one in found:
        by_arguments = f"an access by arguments to {kind}"
        shown = accesses[one.number].on(kind) if one.number >= 0 else by_arguments
        what = f"{shown}, during which a {one.kind} was raised"
        if one.interrupted and one.raised_instead:
            raise NotKept(f"{what}, raised {one.raised_instead}")
        expect(one.lock_is_free, True, f"lock.acquire(False) in another thread after {what},")
    if not any(one.interrupted for one in found):
        raise Refused(f"no access to a {kind} could be interrupted")


@check(
    "wrapper.lock-is-held-during-access",
    kind=st.sampled_from(list(_KINDS)),
    lock=st.sampled_from(list(_LOCKS)),
    who=_WHO,
)
def test_lock_is_held_during_access(stage: Stage, kind: str, lock: str | bool, who: str) -> None:
    shared = stage.pool.take(_LOCKS[lock], tuple(_LOCKS.values()))
    own, other = shared.seen_by(who), shared.seen_by("child" if who == "creator" else "creator")
    actor = actor_of(own)
    thread = stage.thread(actor)
    own_lock = own.get_lock()
    elsewhere = {"another thread": thread(own_lock), "another process": other.get_lock()}
    wrapper = _make(actor, kind, own_lock)
    passed = 0
    for access in _KINDS[kind][1]:
        gate = actor.make(mid_access.Gate)
        pending = actor.begin(
            calls.call_method,
            gate,
            "pass_through",
            access.function,
            wrapper,
            access.args,
        )
        inside = thread(gate).reached()
        taken = [name for name, its in elsewhere.items() if inside and its.acquire(False)]
        for name in taken:
            elsewhere[name].release()
        thread(gate).open()
        pending.result()
        if taken:
            raise NotKept(f"{' and '.join(taken)} could acquire the lock during {access.on(kind)}")
        passed += inside
    if not passed:
        # The backend accesses the memory without the object's own members.
        stage.record_means(WAITING_NOT_SPIES)
        for one, accesses in SAMPLES.items():
            wait_instead(stage, one, *accesses)
    else:
        stage.record_means(SPIES)


@check(
    "wrapper.accesses-nest-under-rlock",
    kind=st.sampled_from(list(_KINDS)),
    lock=st.sampled_from([True, "RLock"]),
    who=_WHO,
)
def test_accesses_nest_under_rlock(stage: Stage, kind: str, lock: str | bool, who: str) -> None:
    shared = stage.pool.take(_LOCKS[lock], tuple(_LOCKS.values())).seen_by(who)
    actor = actor_of(shared)
    wrapper = _make(actor, kind, shared.get_lock())
    accesses = _KINDS[kind][1]
    # If an inner access waits for the outer one, the stage reports the hang.
    found = actor.call(mid_access.nest_accesses, wrapper, _calls(accesses))
    for one in found:
        what = f"{accesses[one.inner].on(kind)} during {accesses[one.outer].on(kind)}"
        tried = "lock.acquire(False) in another thread after"
        expect(one.free_after_inner, False, f"{tried} {what}")
        expect(one.free_after_outer, True, f"{tried} {what} and its end")
    if not found:
        raise Refused(f"no access could be made during an access to a {kind}")


_SAMPLES = each_of(list(SAMPLES))


@check("wrapper.access-acquires-its-own-lock", description=_SAMPLES, other_first=st.booleans())
def test_access_acquires_its_own_lock(
    stage: Stage, description: Description, other_first: bool
) -> None:
    def spied(raw: Handle, wrapper: Handle, spy: Handle) -> None:
        other = stage.creator.make(spies.SpyLock)
        wrappers = [(wrapper, spy, other), (stage.creator.synchronized(raw, other), other, spy)]
        for access in SAMPLES[description]:
            for one, own, others in reversed(wrappers) if other_first else wrappers:
                before, others_before = len(own.events), len(others.events)
                access.carry_out(one)
                what = f"during {access.on(description)}: this"
                used = own.events[before:]
                unlocked = () if used else [access.unlocked]
                expect(used, ["acquire", "release"], f"the uses of its lock {what}", *unlocked)
                expect(others.events[others_before:], [], f"the uses of the other's lock {what}")

    by_spies_or_waiting(
        stage, description, spied, lambda: _wait_for_its_own_lock(stage, description, other_first)
    )


def _wait_for_its_own_lock(stage: Stage, description: Description, other_first: bool) -> None:
    creator = stage.creator
    thread = stage.thread(creator)
    raw = description.raw.create(creator)
    locks = [creator.Lock(), creator.Lock()]
    wrappers = [creator.synchronized(raw, lock) for lock in locks]
    for access in SAMPLES[description]:
        for number in (1, 0) if other_first else (0, 1):
            who = f"lock no. {number} of two wrappers of {description}, held by another thread"
            must_wait(access, thread(wrappers[number]), wrappers[number], locks[number], who)
            locks[1 - number].acquire()
            # If it acquires the other's lock, the stage reports the hang.
            access.carry_out(thread(wrappers[number]))
            locks[1 - number].release()


# Locks that fail.

_FAILING = failing_spies.FailingLock
_SUPPRESSING_LOCK = failing_spies.SuppressingLock
_FAILURES = st.sampled_from(["OSError", "ValueError", "KeyboardInterrupt", "TimeoutError"])


@check("wrapper.failed-acquire-prevents-access", description=_SAMPLES, failure=_FAILURES)
def test_failed_acquire_prevents_access(
    stage: Stage, description: Description, failure: str
) -> None:
    raw, wrapper, spy = under_a_spy(stage, description, _FAILING)
    before = bytes_of(raw)
    for access in SAMPLES[description]:
        spy.at, spy.kind, spy.events = "acquire", failure, []
        outcome = attempt(partial(access.carry_out, wrapper))
        what = f"{access.on(description)} when acquire raised {failure}"
        if (outcome.how, outcome.what) != ("raised", failure):
            unlocked = () if spy.events else [access.unlocked]
            raise NotKept(f"{what} {outcome}", *(outcome.causes or unlocked))
        expect(spy.events, ["failed acquire"], f"the uses of the lock during {what}: this")
        expect(bytes_of(raw), before, f"the memory after {what}: this")
        spy.at = ""
        same_as_twin([access], wrapper, raw, description)
        stage.creator.call(memory.fill, raw, before)


@check("wrapper.failed-release-propagates", description=_SAMPLES, failure=_FAILURES)
def test_failed_release_propagates(stage: Stage, description: Description, failure: str) -> None:
    raw, wrapper, spy = under_a_spy(stage, description, _FAILING)
    for access in SAMPLES[description]:
        twin = twin_of(raw)
        access.carry_out(twin)
        spy.at, spy.kind, spy.events = "release", failure, []
        outcome = attempt(partial(access.carry_out, wrapper))
        what = f"{access.on(description)} when release raised {failure}"
        if (outcome.how, outcome.what) != ("raised", failure):
            unlocked = () if spy.events else [access.unlocked]
            raise NotKept(f"{what} {outcome}", *(outcome.causes or unlocked))
        expect(spy.events, ["acquire", "release"], f"the uses of the lock during {what}: this")
        expect(bytes_of(raw), bytes_of(twin), f"the memory after {what}: this")
        spy.at = ""


_RAISING: dict[Description, tuple[Access, ...]] = {
    Description("Value", "i", (7,)): (set_attribute("value", "x"),),
    Description("Array", "h", ((1, 2, 3),)): (get_item(5), set_item(0, "x")),
    Description("Array", "c", (b"hello",)): (set_attribute("raw", 7), get_item(9)),
}


@observation("wrapper.locks-that-suppress-exceptions")
def test_locks_that_suppress_exceptions(stage: Stage) -> dict[str, str]:
    observed = {}
    for description, accesses in _RAISING.items():
        _, wrapper, _ = under_a_spy(stage, description, _SUPPRESSING_LOCK)
        for access in accesses:
            observed[access.on(description)] = in_short(partial(access.carry_out, wrapper))
    return observed

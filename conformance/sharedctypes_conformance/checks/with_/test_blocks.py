"""Area `with`: blocks of one wrapper, compared with the same blocks of its lock.

Constructs are real code in an actor. Within it another thread of its process tries to acquire the
lock; where it matters another process tries as well.
"""

from __future__ import annotations

import builtins
import itertools
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from ...actors.blocks import generators, statements
from ...actors.blocks.recorder import CarriedOut
from ...actors.runtime import calls
from ...stage.actor import actor_of
from ...stage.descriptions import Description
from ...stage.findings import NotKept
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies import objects
from ...strategies.accesses import samples
from ...strategies.constructions import Construction
from ...strategies.tables import each_of
from ..kit.check import check
from ..kit.exclusion import Block
from ..kit.observe import expect

_GUARDED = tuple(samples(True, "Lock", "RLock"))
_DESCRIPTIONS = each_of(_GUARDED)
_WHO = st.sampled_from(["creator", "child"])

# Each object under each lock, in one process or the other: an example carries out every construct.
_CASES = each_of([(one, ("creator", "child")[n % 2]) for n, one in enumerate(_GUARDED)])


def _take(stage: Stage, description: Description, who: str) -> tuple[Handle, Handle, Handle]:
    """Return a wrapper and its lock as `who` sees them, and the lock as the other process does."""
    shared = stage.pool.take(description, _GUARDED)
    wrapper = shared.seen_by(who)
    other = shared.seen_by("child" if who == "creator" else "creator")
    return wrapper, wrapper.get_lock(), other.get_lock()


def _expect_free(lock: Handle, what: str) -> None:
    expect(lock.acquire(False), True, f"lock.acquire(False) elsewhere {what}")
    lock.release()


def _same_as_lock(
    constructs: Callable[..., list[CarriedOut]],
    wrapper: Handle,
    lock: Handle,
    shown: str,
    *more: Any,
) -> None:
    """Raise NotKept unless constructs do with the wrapper what they do with its lock."""
    actor = actor_of(wrapper)

    def carried_out(manager: Handle) -> list[CarriedOut]:
        return actor.call(constructs, [manager], [lock], *more)

    # The lock goes first: the wrapper may leave it held.
    wanted, got = carried_out(lock), carried_out(wrapper)
    for actual, expected in zip(got, wanted, strict=False):
        if actual.entries != expected.entries:
            raise NotKept(
                f"{shown}, {actual.construct}: {'; '.join(actual.entries)}; "
                f"with the lock itself: {'; '.join(expected.entries)}"
            )


def _by_type(table: tuple[Description, ...]) -> list[Description]:
    """Return a table by types instead of typecodes, not all of which every backend has."""
    return [Description(one.maker, CType(objects.ctype_of(one)), one.args) for one in table]


_KINDS = [
    _by_type(table)
    for table in (
        objects.VALUES,
        objects.ARRAYS,
        objects.STRINGS,
        objects.STRUCTURE_VALUES,
        objects.STRUCTURE_ARRAYS,
    )
]


@check(
    "with.every-wrapper-is-a-context-manager",
    drawn=st.tuples(*map(st.sampled_from, _KINDS)),
    by_synchronized=st.booleans(),
    lock=st.sampled_from(["Lock", "RLock"]),
)
def test_every_wrapper_is_a_context_manager(
    stage: Stage, drawn: tuple[Description, ...], by_synchronized: bool, lock: str
) -> None:
    creator = stage.creator
    given = getattr(creator, lock)()
    made = {
        construction: construction.carry_out(creator, given)
        for construction in (Construction(one, by_synchronized) for one in drawn)
    }
    managers = [given, *made.values()]
    wanted, *uses = creator.call(statements.supports, managers, given)
    for shown, got in zip(made, uses, strict=True):
        expect(got, wanted, f"the use of {shown} in `with` and in ExitStack")


@check("with.jumps-release-lock", case=_CASES)
def test_jumps_release_lock(stage: Stage, case: tuple[Description, str]) -> None:
    description, who = case
    wrapper, lock, elsewhere = _take(stage, description, who)
    _same_as_lock(statements.carry_out_jumps, wrapper, lock, f"`with {description}:`")
    _expect_free(elsewhere, f"after `with {description}` was left by return, break and continue")


def _needs_no_arguments(cls: type[BaseException]) -> bool:
    try:
        cls()
    except TypeError:
        return False
    return True


# Every class that Python has.
_BUILTIN = sorted(
    name
    for name, cls in vars(builtins).items()
    if isinstance(cls, type) and issubclass(cls, BaseException) and _needs_no_arguments(cls)
)
_EXCEPTIONS = (
    *_BUILTIN,
    "Falsy",
    "LikeNone",
    "Uncopyable",
    "OfAFalseClass",
    "SystemExit(0)",
)


@check("with.exceptions-propagate-unchanged", case=_CASES)
def test_exceptions_propagate_unchanged(stage: Stage, case: tuple[Description, str]) -> None:
    description, who = case
    wrapper, lock, elsewhere = _take(stage, description, who)
    actor = actor_of(wrapper)
    for found in actor.call(statements.raise_in_blocks, wrapper, lock, _EXCEPTIONS):
        what = f"`with {description}: raise {found.kind}`"
        if not found.is_the_same:
            raise NotKept(f"what leaves {what} is not the exception, but {found.what_passed}")
        if not found.has_its_context:
            raise NotKept(f"the exception loses its cause or context in {what}")
        expect(found.lock_is_free, True, f"lock.acquire(False) in another thread after {what}")
    _same_as_lock(statements.carry_out_catches, wrapper, lock, f"`with {description}:`")
    _expect_free(elsewhere, f"after exceptions in `with {description}`")


@check("with.suspended-generator-holds-lock", case=_CASES)
def test_suspended_generator_holds_lock(stage: Stage, case: tuple[Description, str]) -> None:
    description, who = case
    wrapper, lock, elsewhere = _take(stage, description, who)
    _same_as_lock(generators.carry_out_generators, wrapper, lock, f"`with {description}:`")
    actor = actor_of(wrapper)
    what = f"a generator was suspended inside `with {description}`"
    words = actor.make(generators.suspended, wrapper)
    _expect_free(elsewhere, f"before {what}")
    actor.call("builtins.next", words)
    expect(elsewhere.acquire(False), False, f"lock.acquire(False) elsewhere while {what}")
    words.close()
    _expect_free(elsewhere, f"when {what}, and closed")


@check("with.works-in-contextmanager-functions", case=_CASES)
def test_works_in_contextmanager_functions(stage: Stage, case: tuple[Description, str]) -> None:
    description, who = case
    wrapper, lock, elsewhere = _take(stage, description, who)
    _same_as_lock(
        generators.carry_out_functions,
        wrapper,
        lock,
        f"`with {description}:` in a contextmanager function",
    )
    _expect_free(elsewhere, f"after the use of `with {description}` in functions")


_CONSTRUCTS = 27


@check(
    "with.is-reusable",
    description=_DESCRIPTIONS,
    order=st.lists(st.integers(0, _CONSTRUCTS - 1), min_size=6, max_size=10),
    who=_WHO,
)
def test_is_reusable(stage: Stage, description: Description, order: list[int], who: str) -> None:
    wrapper, lock, elsewhere = _take(stage, description, who)
    _same_as_lock(generators.carry_out_any, wrapper, lock, f"`with {description}:`", order)
    with wrapper:
        taken = elsewhere.acquire(False)
    what = f"`with {description}:` after {len(order)} other blocks"
    expect(taken, False, f"lock.acquire(False) elsewhere inside {what}")
    _expect_free(elsewhere, f"after {what}")


# A step, and whether it is done with the lock or with the wrapper.
_ACQUIRING = st.tuples(st.sampled_from(["enter", "acquire"]), st.booleans())
_RELEASING = st.tuples(st.sampled_from(["leave", "release"]), st.booleans())
_NESTED = st.tuples(_ACQUIRING, _ACQUIRING, _RELEASING, _RELEASING)


@check(
    "with.mixes-with-acquire-and-release",
    kind=each_of([kind for table in _KINDS for kind in table]),
    pairs=st.lists(_NESTED, min_size=4, max_size=4),
    steps=st.lists(_ACQUIRING | _RELEASING, max_size=4),
)
def test_mixes_with_acquire_and_release(
    stage: Stage, kind: Description, pairs: list[Any], steps: list[tuple[str, bool]]
) -> None:
    creator = stage.creator
    mix = statements.mix
    steps = [*itertools.chain.from_iterable(pairs), *steps]
    for lock in ("Lock", "RLock"):
        own, twin = getattr(creator, lock)(), getattr(creator, lock)()
        wrapper = creator.synchronized(kind.raw.create(creator), own)
        got = creator.call(mix, steps, wrapper, own, lock == "RLock")
        wanted = creator.call(mix, steps, twin, twin, lock == "RLock")
        # As long as all outcomes are equal, the same steps were skipped.
        for number, (actual, expected) in enumerate(zip(got, wanted, strict=False)):
            if actual != expected:
                done = "; ".join(got[:number])
                raise NotKept(
                    f"after [{done}] of a {lock} and its wrapper: {actual}, should be {expected}"
                )


# Other threads and processes.

_PLACES = ("creator", "child", "thread of the creator", "thread of the child")


@check(
    "with.blocks-exclude-each-other",
    description=_DESCRIPTIONS,
    first=st.sampled_from(_PLACES),
    threads=st.booleans(),
)
def test_blocks_exclude_each_other(
    stage: Stage, description: Description, first: str, threads: bool
) -> None:
    shared = stage.pool.take(description, _GUARDED)
    seen = {"creator": shared.creator, "child": shared.child}
    for who in ("creator", "child"):
        # In a process without other threads a backend may use another implementation of the lock.
        if threads or first == f"thread of the {who}":
            seen[f"thread of the {who}"] = stage.thread(actor_of(seen[who]))(seen[who])
    for second, waiting in seen.items():
        if second == first:
            continue
        held, what = seen[first], f"`with {description}:` in the {second}"
        Block(held).acquire()
        pending = actor_of(waiting).begin(calls.enter, waiting)
        ended = pending.settle() or pending.done()
        Block(held).release()
        pending.result()
        if ended:
            raise NotKept(f"{what} began inside that of the {first}")
        taken = held.get_lock().acquire(False)
        expect(taken, False, f"lock.acquire(False) in the {first} inside {what}")
        Block(waiting).release()
        _expect_free(held.get_lock(), f"after {what}")


@check("with.child-is-not-inside-parents-block")
def test_child_is_not_inside_parents_block(stage: Stage) -> None:
    creator = stage.creator
    wrappers = [one.create(creator) for one in _GUARDED]
    for wrapper in wrappers:
        Block(wrapper).acquire()
    child = stage.start(*wrappers)
    for description, wrapper in zip(_GUARDED, wrappers, strict=True):
        inherited = child(wrapper)
        what = f"a child that was started inside `with {description}:`"
        taken = inherited.get_lock().acquire(False)
        expect(taken, False, f"lock.acquire(False) in {what}")
        pending = child.begin(calls.enter, inherited)
        ended = pending.settle() or pending.done()
        Block(wrapper).release()
        pending.result()
        if ended:
            raise NotKept(f"{what} began a block of its own at once")
        taken = wrapper.get_lock().acquire(False)
        expect(taken, False, f"lock.acquire(False) elsewhere inside the block of {what}")
        Block(inherited).release()
        _expect_free(wrapper.get_lock(), f"after the block of {what}")

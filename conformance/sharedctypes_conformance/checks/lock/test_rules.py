"""Area `lock`: who may acquire a held lock again, and who may release it."""

from __future__ import annotations

from functools import partial

from hypothesis import strategies as st

from ...actors.locks import acquiring, unrelated_acts
from ...stage.actor import Actor
from ...stage.findings import NotKept, OperationRaised
from ...stage.handles import Handle
from ...stage.stage import Stage
from ...strategies import lock_calls
from ...strategies.lock_calls import Acquire
from ..kit.check import check
from ..kit.locks_in_use import LOCKS, PLAIN, REENTRANT, THROUGH, Cast, View, must_wait_for
from ..kit.observe import Outcome, attempt, expect, expect_raises, outcome_of


def _expect_refused(who: View, when: str, raises: str = "Exception") -> None:
    expect_raises(who.release, f"release() of {who}, {when},", raises)


# Any lock.


@check(
    "lock.unrelated-acts-leave-it-held",
    costly=True,
    through=THROUGH,
    acts=st.permutations(list(unrelated_acts.ACTS)),
    depth=st.integers(1, 3),
    holder=st.sampled_from(["creator", "child"]),
)
def test_unrelated_acts_leave_it_held(
    stage: Stage, through: str, acts: list[str], depth: int, holder: str
) -> None:
    cast = Cast(stage, tuple(LOCKS), through)
    held = [pair for pair in cast.apart() if pair[0].where == f"the {holder}"]
    times = {own.kind: 1 if own.kind in PLAIN else depth for own, _ in held}
    for own, _ in held:
        own.take(times[own.kind])
    actor = held[0][0].actor
    for act in acts:
        try:
            actor.call(unrelated_acts.carry_out, stage.target.backend, act)
        except OperationRaised as raised:
            what = f"{act}, while {held[0][0].where} holds the locks of other objects,"
            raise NotKept(f"{what} raised {raised.causes[0]}", *raised.causes) from None
    # One that inherits the locks ends, too.
    stage.dismiss(stage.start(*[own.obj for own, _ in held], parent=actor))
    when = f"after {', '.join(acts)}, and a child that ended,"
    for own, other in held:
        other.finds_it_held(f"which {own.where} holds, {when}")
        for level in range(times[own.kind], 0, -1):
            other.finds_it_held(f"which {own.where} holds {level} times, {when}")
            expect(own.release(), None, f"release() of {own}, held {level} times, {when}")
        other.finds_it_free(f"after every release() of {own.where}, {when}")


# Lock.


@check(
    "lock.plain-lock-is-not-reentrant",
    costly=True,
    through=THROUGH,
    calls=lock_calls.NOT_WAITING.some(3),
)
def test_plain_lock_is_not_reentrant(stage: Stage, through: str, calls: list[Acquire]) -> None:
    for owner, other in Cast(stage, PLAIN, through).pairs():
        owner.take()
        for call in [*calls, Acquire((True, 0.001))]:
            expect(owner.acquire(call), False, f"{call} of {owner}, which holds it,")
        owner.release()
        other.finds_it_free(
            f"after one release() of {owner.where}, which tried to acquire it twice"
        )


@check(
    "lock.plain-lock-blocks-its-own-thread",
    costly=True,
    through=THROUGH,
    calls=lock_calls.WAITING.some(2),
)
def test_plain_lock_blocks_its_own_thread(stage: Stage, through: str, calls: list[Acquire]) -> None:
    for owner, releases in Cast(stage, PLAIN, through).pairs():
        owner.take()
        for call in calls:
            must_wait_for(call, owner, releases, f"{owner.where} itself")
            releases.finds_it_held(f"after {call} of {owner.where}")
        owner.release()


def _released_by(owner: View, other: View) -> None:
    owner.take()
    expect(other.release(), None, f"release() of {other}, held by {owner.where},")
    for who in (owner, other):
        who.finds_it_free(f"after {other.where} released what {owner.where} held")
    what = f"release() of {owner}, which {other.where} has released,"
    expect_raises(owner.release, what, "ValueError")


@check("lock.plain-lock-can-be-released-by-any-thread", through=THROUGH)
def test_plain_lock_can_be_released_by_any_thread(stage: Stage, through: str) -> None:
    for owner, other in Cast(stage, PLAIN, through).together():
        _released_by(owner, other)


@check("lock.plain-lock-can-be-released-by-any-process", through=THROUGH)
def test_plain_lock_can_be_released_by_any_process(stage: Stage, through: str) -> None:
    for owner, other in Cast(stage, PLAIN, through).apart():
        _released_by(owner, other)


@check(
    "lock.free-plain-lock-refuses-release", costly=True, through=THROUGH, times=st.integers(1, 4)
)
def test_free_plain_lock_refuses_release(stage: Stage, through: str, times: int) -> None:
    for one, other in Cast(stage, PLAIN, through).pairs():
        for number in range(times):
            _expect_refused(one, f"which is free, attempt {number + 1}", one.refusal)
        expect(one.acquire(), True, f"acquire(False) of {one}, after {times} refused release()")
        other.finds_it_held(f"after acquire(False) of {one.where} returned True")
        one.release()


@check(
    "lock.surplus-releases-admit-no-second-holder",
    costly=True,
    through=THROUGH,
    times=st.integers(1, 5),
    acquired_first=st.booleans(),
)
def test_surplus_releases_admit_no_second_holder(
    stage: Stage, through: str, times: int, acquired_first: bool
) -> None:
    for one, other in Cast(stage, tuple(LOCKS), through).pairs():
        if acquired_first:
            one.take()
            one.release()
        for _ in range(times):
            # The outcome of each is judged elsewhere.
            attempt(one.release)
        expect(other.acquire(), True, f"acquire(False) of {other}, after {times} surplus release()")
        one.finds_it_held(f"which {other.where} holds, after {times} surplus release()")
        if other.kind in PLAIN:
            other.finds_it_held(
                f"which it holds itself, after {times} surplus release() of {one.where}"
            )
        other.release()
        one.finds_it_free(f"after {other.where} released it")


# RLock, and the default lock, which is an RLock.


@check("lock.rlock-is-reentrant", costly=True, through=THROUGH, calls=lock_calls.ANY.some(3))
def test_rlock_is_reentrant(stage: Stage, through: str, calls: list[Acquire]) -> None:
    for owner, other in Cast(stage, REENTRANT, through).pairs():
        owner.take()
        again = [Acquire((False,)), Acquire(), Acquire((True, 0)), *calls]
        for call in again:
            # If it waits, the stage reports the hang.
            expect(owner.acquire(call), True, f"{call} of {owner}, which holds it,")
        for _ in again:
            owner.release()
        other.finds_it_held(f"before the last release() of {owner.where}")
        owner.release()
        other.finds_it_free(f"after the last release() of {owner.where}")


@check(
    "lock.rlock-counts-acquires",
    costly=True,
    through=THROUGH,
    deepest=st.integers(20, 50),
    again=st.integers(0, 2),
    surplus=st.integers(0, 300),
)
def test_rlock_counts_acquires(
    stage: Stage, through: str, deepest: int, again: int, surplus: int
) -> None:
    for number, (owner, other) in enumerate(Cast(stage, REENTRANT, through).pairs()):
        if number % 4 == 0:  # once for each kind
            _expect_deep(owner, other, 256 + surplus)
            _expect_deep(owner, other, 65536 + surplus)
        # Only the first is that deep: each level costs two calls.
        depth = deepest if number == 0 else 2 + number // 2
        owner.take(depth)
        # Release and acquire first, to catch a count that is right only if it falls straight to 0.
        for _ in range(min(again, depth - 1)):
            owner.release()
            owner.take()
        for released in range(depth):
            if released in (0, 1, depth // 2, depth - 1):
                other.finds_it_held(f"after {released} of {depth} release() of {owner.where}")
            expect(
                owner.release(), None, f"release() of {owner}, number {released + 1} of {depth},"
            )
        other.finds_it_free(
            f"after {depth} release() of {owner.where}, which had acquired it {depth} times"
        )
        _expect_refused(owner, f"after {depth} acquires and {depth} releases")


def _expect_deep(owner: View, other: View, depth: int) -> None:
    """Expect a lock to count further than a byte does, or two; a slow one, as far as it comes."""
    depth, got = owner.actor.call(acquiring.repeat, owner.obj, "acquire", depth)
    what = f"{depth} times acquire() of {owner}"
    expect(got, [True], f"what {what}, returned: this")
    other.finds_it_held(f"after {what}")
    left = depth - 1
    while left:
        done, got = owner.actor.call(acquiring.repeat, owner.obj, "release", left)
        left -= done
        what = f"{depth - 1 - left} times release() of {owner}, acquired {depth} times"
        expect(got, [None], f"what {what}, returned: this")
        other.finds_it_held(f"after {what}")
    owner.release()
    other.finds_it_free(f"after {depth} acquire() and as many release() of {owner.where}")


@check(
    "lock.rlock-is-released-only-by-its-owner",
    costly=True,
    through=THROUGH,
    depth=st.integers(2, 4),
    times=st.integers(1, 5),
)
def test_rlock_is_released_only_by_its_owner(
    stage: Stage, through: str, depth: int, times: int
) -> None:
    for owner, other in Cast(stage, REENTRANT, through).pairs():
        owner.take(depth)
        for _ in range(times):
            _expect_refused(other, f"which {owner.where} holds {depth} times", other.refusal)
        after = f"after {times} refused release() of {other.where}"
        for level in range(depth, 0, -1):
            other.finds_it_held(f"which {owner.where} holds {level} times, {after}")
            expect(owner.release(), None, f"release() of {owner}, acquired {level} times, {after},")
        other.finds_it_free(f"after every release() of {owner.where}")


@check("lock.free-rlock-refuses-release", costly=True, through=THROUGH, times=st.integers(1, 4))
def test_free_rlock_refuses_release(stage: Stage, through: str, times: int) -> None:
    for one, other in Cast(stage, REENTRANT, through).pairs():
        for number in range(times):
            _expect_refused(one, f"which is free, attempt {number + 1}", one.refusal)
        one.take(2)
        one.release()
        other.finds_it_held(f"which {one.where} acquired twice and released once")
        one.release()
        other.finds_it_free(f"after the last release() of {one.where}")


@check("lock.child-does-not-inherit-rlock-ownership")
def test_child_does_not_inherit_rlock_ownership(stage: Stage) -> None:
    creator = stage.creator
    made = [(kind, d, LOCKS[kind].create(creator)) for kind in REENTRANT for d in (1, 2, 3)]
    child = _started_while_held(stage, creator, "the creator", made)
    # It has passed from one process to another before.
    passed = [(kind, depth, child(wrapper)) for kind, depth, wrapper in made]
    _started_while_held(stage, child, "the child", passed)


def _started_while_held(
    stage: Stage, parent: Actor, title: str, made: list[tuple[str, int, Handle]]
) -> Actor:
    """Start a process while its parent holds locks, each so many times, and let it try them."""
    for kind, depth, wrapper in made:
        View(kind, title, wrapper).take(depth)
    started = stage.start(*[wrapper for _, _, wrapper in made], parent=parent)
    for kind, depth, wrapper in made:
        in_parent = View(kind, title, wrapper)
        in_child = View(kind, f"a child of {title}", started(wrapper))
        when = f"which {title} had acquired {depth} times when its child started"
        in_child.finds_it_held(when)
        _expect_refused(in_child, when)
        for level in range(depth, 0, -1):
            in_child.finds_it_held(f"{when}, and still holds {level} times")
            expect(in_parent.release(), None, f"release() of {in_parent}, {when},")
        acquired = f"acquire(False) of {in_child}, when {title} has released"
        expect(in_child.acquire(), True, acquired)
        in_parent.finds_it_held("which its child holds now")
        expect(in_child.release(), None, f"release() of {in_child}, acquired once,")
        in_parent.finds_it_free("after release() of its child, which had acquired it once")
    return started


# In any order.


def _outcome(kind: str, depth: int, call: Acquire | None) -> tuple[Outcome, int]:
    """Return the outcome of a call by the only thread, and how often it then holds the lock.

    None stands for release.
    """
    if call is None:
        if depth:
            return outcome_of(None), depth - 1
        return Outcome("raised", "Exception"), 0
    if depth and kind in PLAIN:
        return outcome_of(False), depth
    return outcome_of(True), depth + 1


@check(
    "lock.any-call-sequence-follows-rules",
    costly=True,
    through=THROUGH,
    sequences=st.tuples(*[lock_calls.sequences(20)] * len(LOCKS)),
)
def test_any_call_sequence_follows_rules(
    stage: Stage, through: str, sequences: tuple[list[Acquire | None], ...]
) -> None:
    cast = Cast(stage, tuple(LOCKS), through)
    for number, (one, other) in enumerate(cast.apart()):
        _play(one, other, sequences[number // 2])


def _play(one: View, other: View, calls: list[Acquire | None]) -> None:
    depth, done = 0, ""
    for call in calls:
        if call is not None and call.may_wait and one.kind in PLAIN and depth:
            # It would wait for itself for ever.
            continue
        done += ("release()" if call is None else str(call)) + ", "
        wanted, depth = _outcome(one.kind, depth, call)
        got = attempt(one.release if call is None else partial(one.acquire, call))
        if not got.is_like(wanted):
            raise NotKept(f"{done}of {one}: the last {got}, should have {wanted}")
    if depth:
        other.finds_it_held(f"which {one.where} holds {depth} times after {done}")
    for _ in range(depth):
        one.release()
    other.finds_it_free(f"after {done}and {depth} release()")

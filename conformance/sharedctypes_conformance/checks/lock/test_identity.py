"""Area `lock`: locked(), pickling, copying and equality of locks."""

from __future__ import annotations

from functools import partial

from hypothesis import strategies as st

from ...actors.runtime import calls
from ...stage.stage import Stage
from ..kit.check import check
from ..kit.locks_in_use import LOCKS, REENTRANT, Cast, View
from ..kit.observe import expect, expect_raises

_EVERY = tuple(LOCKS)
_DEPTHS = st.integers(1, 3)


def _locked(view: View) -> object:
    return view.actor.call(calls.call_method, view.obj, "locked")


def _expect_locked(view: View, wanted: bool, when: str) -> None:
    expect(_locked(view), wanted, f"locked() of {view}, {when},")


@check("lock.locked-is-true-while-held", costly=True, depth=_DEPTHS)
def test_locked_is_true_while_held(stage: Stage, depth: int) -> None:
    for holder, other in Cast(stage, _EVERY, "lock").together():
        times = depth if holder.kind in REENTRANT else 1
        for who in (holder, other):
            _expect_locked(who, False, "which is free")
        holder.take(times)
        for level in range(times, 0, -1):
            for who in (holder, other):
                _expect_locked(who, True, f"which {holder.where} holds {level} times")
            holder.release()
        for who in (holder, other):
            _expect_locked(who, False, f"which {holder.where} has released")


@check("lock.locked-sees-other-processes", costly=True, depth=_DEPTHS)
def test_locked_sees_other_processes(stage: Stage, depth: int) -> None:
    for holder, other in Cast(stage, _EVERY, "lock").apart():
        times = depth if holder.kind in REENTRANT else 1
        holder.take(times)
        for level in range(times, 0, -1):
            _expect_locked(other, True, f"which {holder.where} holds {level} times")
            holder.release()
        _expect_locked(other, False, f"which {holder.where} has released")


_PROTOCOLS = st.none() | st.integers(0, 4)


@check("lock.cannot-be-pickled", costly=True, protocol=_PROTOCOLS, held=st.booleans())
def test_cannot_be_pickled(stage: Stage, protocol: int | None, held: bool) -> None:
    args = () if protocol is None else (protocol,)
    for one, other in Cast(stage, _EVERY, "lock").apart():
        if held:
            one.take()
        shown = f"pickle.dumps({', '.join(['lock', *map(str, args)])}) of {one}"
        expect_raises(
            partial(one.actor.call, "pickle.dumps", one.obj, *args), shown, "RuntimeError"
        )
        if held:
            other.finds_it_held(f"after {shown}")
            one.release()
        other.finds_it_free(f"after {shown}")


@check("lock.cannot-be-copied", costly=True, held=st.booleans())
def test_cannot_be_copied(stage: Stage, held: bool) -> None:
    for one, other in Cast(stage, _EVERY, "lock").apart():
        if held:
            one.take()
        for function in ("copy.copy", "copy.deepcopy"):
            shown = f"{function}(lock) of {one}"
            copying = partial(one.actor.call, function, one.obj)
            expect_raises(copying, shown, "RuntimeError", "TypeError")
        if held:
            other.finds_it_held(f"after {function}(lock)")
            one.release()
        other.finds_it_free(f"after {function}(lock)")


@check("lock.equals-only-itself")
def test_equals_only_itself(stage: Stage) -> None:
    cast = Cast(stage, _EVERY, "lock")
    for who in ("creator", "child"):
        locks = [cast.views(kind)[who] for kind in _EVERY]
        new = [getattr(locks[0].actor, name)() for name in ("Lock", "RLock") * 2]
        actor = locks[0].actor
        objects = [*(view.obj for view in locks), *new]
        hashes = [actor.call("builtins.hash", obj) for obj in objects]
        for view in locks:
            view.take()
        for place, obj in enumerate(objects):
            for other_place, other in enumerate(objects):
                same = place == other_place
                for name, wanted in (("eq", same), ("ne", not same)):
                    got = actor.call(f"operator.{name}", obj, other)
                    expect(got, wanted, f"operator.{name} of {obj!r} and {other!r}")
        for view, before in zip(locks, hashes, strict=False):
            got = actor.call("builtins.hash", view.obj)
            expect(got, before, f"hash(lock) of {view}, while it is held,")
            view.release()

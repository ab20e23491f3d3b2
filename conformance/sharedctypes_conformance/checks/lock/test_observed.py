"""Area `lock`: what is recorded of locks that no promise speaks of."""

from __future__ import annotations

from functools import partial
from typing import Any

from ...actors.locks import acquiring
from ...actors.runtime import calls, parts, processes
from ...stage.actor import Actor
from ...stage.handles import Handle, invoke
from ...stage.names import Remote
from ...stage.stage import Stage
from ...strategies.lock_calls import LONGEST, Acquire
from ..kit.check import observation
from ..kit.locks_in_use import LOCKS, Cast, View
from ..kit.observe import in_short

_KINDS = ("Lock", "RLock")


def _new(actor: Actor, kind: str) -> Handle:
    lock: Handle = getattr(actor, kind)()
    return lock


def _call(lock: Handle, method: str, *args: Any, **keywords: Any) -> str:
    return in_short(partial(invoke, lock, method, *args, **keywords))


@observation("lock.repr")
def test_repr(stage: Stage) -> dict[str, str]:
    observed = {}
    cast = Cast(stage, tuple(LOCKS), "lock")
    for kind in LOCKS:
        creator, child = cast.views(kind).values()
        another = View(kind, "another thread", stage.thread(creator.actor)(creator.obj))
        observed[f"{kind}, free"] = _shown(creator)
        for who, holder in {"itself": creator, "a thread": another, "a process": child}.items():
            holder.take(1 if kind == "Lock" else 2)
            observed[f"{kind}, held by {who}"] = _shown(creator)
            for _ in range(1 if kind == "Lock" else 2):
                holder.release()
        creator.take()
        observed[f"{kind}, held by itself, a thread"] = another.actor.call(
            "builtins.repr", another.obj
        )
        creator.release()
    return observed


def _shown(view: View) -> str:
    shown: str = view.actor.call("builtins.repr", view.obj)
    return shown


_BLOCKS: list[Any] = [1, 0, 2, -1, 0.0, 1.5, None, "", "x", [], [0], 2**70]


@observation("lock.types-of-block")
def test_types_of_block(stage: Stage) -> dict[str, dict[str, list[str]]]:
    observed: dict[str, dict[str, list[str]]] = {}
    for kind in _KINDS:
        outcomes: dict[str, list[str]] = {}
        for block in _BLOCKS:
            said = _call(_new(stage.creator, kind), "acquire", block)
            outcomes.setdefault(said, []).append(repr(block))
        observed[kind] = outcomes
    return observed


@observation("lock.surplus-arguments")
def test_surplus_arguments(stage: Stage) -> dict[str, str]:
    observed = {}
    creator = stage.creator
    context = creator.call(processes.context)
    for kind in _KINDS:
        lock = _new(creator, kind)
        make = partial(creator.call, calls.call_method, context, kind)
        observed.update(
            {
                f"{kind}(1)": in_short(partial(make, 1)),
                f"{kind}(value=1)": in_short(partial(make, value=1)),
                f"{kind}: acquire(False, None, 1)": _call(lock, "acquire", False, None, 1),
                f"{kind}: acquire(False, block=False)": _call(lock, "acquire", False, block=False),
                f"{kind}: acquire(False, wait=1)": _call(lock, "acquire", False, wait=1),
                f"{kind}: release(1)": _call(lock, "release", 1),
            }
        )
    return observed


_ODD: dict[str, tuple[Remote, tuple[Any, ...]]] = {
    "inf": ("builtins.float", ("inf",)),
    "-inf": ("builtins.float", ("-inf",)),
    "nan": ("builtins.float", ("nan",)),
    "Fraction(1, 2)": ("fractions.Fraction", (1, 2)),
    "Decimal('0.5')": ("decimal.Decimal", ("0.5",)),
    "an object with __float__": (acquiring.Float, (0.5,)),
    "an object with __index__": (acquiring.Index, (1,)),
    "True": ("builtins.bool", (1,)),
    "sys.maxsize": ("builtins.int", (2**63 - 1,)),
    "10**400": ("builtins.int", (10**400,)),
}


@observation("lock.odd-timeouts")
def test_odd_timeouts(stage: Stage) -> dict[str, dict[str, list[str]]]:
    creator = stage.creator
    observed: dict[str, dict[str, list[str]]] = {}
    for kind in _KINDS:
        outcomes: dict[str, list[str]] = {}
        for shown, (function, args) in _ODD.items():
            timeout = creator.call(function, *args)
            said = _call(_new(creator, kind), "acquire", True, timeout)
            outcomes.setdefault(said, []).append(shown)
        observed[kind] = outcomes
    return observed


# More seconds than the clock of the system counts, since whenever it began.
_BEYOND: dict[str, float] = {
    "the most that threading takes": LONGEST,
    "1e17": 1e17,
    "sys.maxsize": 2**63 - 1,
    "1e19": 1e19,
    "1e300": 1e300,
    "inf": float("inf"),
    "nan": float("nan"),
}


@observation("lock.vast-timeouts-on-a-held-lock")
def test_vast_timeouts(stage: Stage) -> dict[str, dict[str, list[str]]]:
    observed: dict[str, dict[str, list[str]]] = {}
    for holds, waits in Cast(stage, tuple(LOCKS), "lock").apart():
        if waits.where != "the child":
            continue
        outcomes: dict[str, list[str]] = {}
        for shown, timeout in _BEYOND.items():
            holds.take()
            pending = waits.begin(Acquire((True, timeout)))
            ended = pending.settle()
            holds.release()
            said = in_short(pending.result)
            if said == "returned True":
                waits.release()
            outcomes.setdefault(f"{said}, {'at once' if ended else 'when free'}", []).append(shown)
        observed[waits.kind] = outcomes
    return observed


_TEXT = "soon"


@observation("lock.timeouts-that-are-not-looked-at")
def test_not_looked_at(stage: Stage) -> dict[str, str]:
    creator = stage.creator
    observed = {}
    for kind in _KINDS:
        free, held = _new(creator, kind), _new(creator, kind)
        held.acquire()
        observed[f"{kind}, free: acquire(False, 'soon')"] = _call(free, "acquire", False, _TEXT)
        observed[f"{kind}, its own: acquire(False, 'soon')"] = _call(held, "acquire", False, _TEXT)
    rlock = _new(creator, "RLock")
    rlock.acquire()
    observed["RLock, its own: acquire(True, 'soon')"] = _call(rlock, "acquire", True, _TEXT)
    return observed


@observation("lock.thread-that-ended-holding-it")
def test_thread_that_ended(stage: Stage) -> dict[str, list[str]]:
    creator = stage.creator
    observed = {}
    for kind in _KINDS:
        lock = _new(creator, kind)
        taken = creator.call(acquiring.elsewhere, lock, [("acquire", (), {})])
        observed[kind] = [
            f"in the thread, acquire() {taken[0]}",
            f"then acquire(False) {_call(lock, 'acquire', False)}",
            f"release() {_call(lock, 'release')}",
            f"acquire(False) {_call(lock, 'acquire', False)}",
        ]
    return observed


@observation("lock.names")
def test_names(stage: Stage) -> dict[str, list[str]]:
    creator = stage.creator
    default = LOCKS["the default lock"].create(creator).get_lock()
    locks = {"default": default, **{kind: _new(creator, kind) for kind in _KINDS}}
    return {
        kind: [creator.call(calls.class_name, lock), *creator.call(parts.public_names, lock)]
        for kind, lock in locks.items()
    }

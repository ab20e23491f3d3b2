"""Area `context`: the context of a default lock, and what sets the start method.

To see which context a lock comes from, it is passed to a process of the expected context: a lock
made for forked processes cannot be passed to a spawned one.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from hypothesis import strategies as st

from ...actors.objects import contexts as remote_contexts
from ...actors.runtime import processes
from ...stage.actor import Actor
from ...stage.findings import NotKept, OperationRaised, Refused, Unjudged
from ...stage.handles import Handle
from ...stage.stage import Stage
from ...strategies.accesses import SAMPLES
from ...strategies.constructions import CONSTRUCTIONS
from ..kit.causes import refusal_of
from ..kit.check import check, observation
from ..kit.observe import expect, expect_raises
from ..kit.packages import (
    METHODS,
    context_of,
    expect_passable,
    start_methods,
)


def _another(stage: Stage) -> str:
    """Return a start method whose locks cannot be used under the stage's start method.

    Raises Unjudged if the backend's contexts have no such method.
    """
    contexts, method = stage.target.contexts, stage.target.method
    known = start_methods(stage.creator)
    for other in ("spawn", "forkserver") if method == "fork" else ("fork",):
        if other in known:
            return other
    raise Unjudged(f"{contexts} has no start method whose locks differ from those of {method}")


def _made_without_ctx(creator: Actor) -> dict[str, Handle]:
    made = {repr(one): one.carry_out(creator) for one in CONSTRUCTIONS}
    for one in CONSTRUCTIONS:
        made[f"{one} with ctx=None"] = one.carry_out(creator, ctx=None)
    return made


# Default locks.


@check("context.objects-reach-processes-of-their-context")
def test_objects_reach_processes_of_their_context(stage: Stage) -> None:
    method = stage.target.method
    with stage.fresh(method=_another(stage)) as other:
        creator = other.creator
        context = context_of(creator, method)
        made = {f"{one} with ctx": one.carry_out(creator, ctx=context) for one in CONSTRUCTIONS}
        if stage.target.has_own_contexts:
            for sample in SAMPLES:
                make = getattr(context, sample.maker)
                made[f"ctx.{sample}"] = make(sample.type, *sample.args)
                made[f"ctx.{sample} with lock=ctx.Lock()"] = make(
                    sample.type, *sample.args, lock=context.Lock()
                )
        expect_passable(context, made, f"ctx, the context for {method}")


@check("context.ctx-none-is-current-context")
def test_ctx_none_is_current_context(stage: Stage) -> None:
    method = stage.target.method
    with stage.fresh(method=_another(stage)) as other:
        creator = other.creator
        _made_without_ctx(creator)
        creator.call(processes.use_start_method, stage.target.backend, method)
        made = _made_without_ctx(creator)
        expect_passable(context_of(creator, None), made, f"the current context, for {method}")


@check("context.child-inherits-default-context")
def test_child_inherits_default_context(stage: Stage) -> None:
    method, contexts = stage.target.method, stage.target.contexts
    child = stage.start()
    made = _made_without_ctx(child)
    if stage.target.has_own_contexts:
        got = child.call(f"{contexts}.get_start_method")
        expect(got, method, f"{contexts}.get_start_method() in a child")
    context = child.call(processes.context)
    expect_passable(context, made, f"the context for {method}, in the child that created them")


# What sets the start method.


def _expect_no_start_method(actor: Actor, after: object) -> None:
    chosen = actor.call(remote_contexts.chosen, actor.target.contexts)
    if chosen:
        raise NotKept(f"{after} has set the default start method: {', '.join(chosen)}")


@check("context.import-sets-no-start-method")
def test_import_sets_no_start_method(stage: Stage) -> None:
    with stage.fresh(method="") as untouched:
        untouched.creator.call("importlib.import_module", stage.target.backend)
        _expect_no_start_method(untouched.creator, f"the import of {stage.target.backend}")


@check("context.raw-objects-set-no-start-method")
def test_raw_objects_set_no_start_method(stage: Stage) -> None:
    with stage.fresh(method="") as untouched:
        creator = untouched.creator
        for description in SAMPLES:
            raw = description.raw.create(creator)
            _expect_no_start_method(creator, description.raw)
            # Other clauses judge what copy() returns.
            with suppress(OperationRaised):
                creator.copy(raw)
            _expect_no_start_method(creator, f"copy({description.raw})")


@check("context.given-ctx-sets-no-start-method")
def test_given_ctx_sets_no_start_method(stage: Stage) -> None:
    with stage.fresh(method="") as untouched:
        creator = untouched.creator
        context = context_of(creator, stage.target.method)
        for construction in CONSTRUCTIONS:
            locks: list[Any] = [None, context.Lock()]
            locks += [] if construction.by_synchronized else [True, False]
            for lock in locks:
                construction.carry_out(creator, lock, ctx=context)
                _expect_no_start_method(creator, f"{construction} with lock={lock} and ctx=ctx")


# A package with contexts of its own.


@check("context.start-method-is-set-once", method=st.sampled_from(METHODS))
def test_start_method_is_set_once(stage: Stage, method: str) -> None:
    creator, contexts = stage.creator, stage.target.contexts
    if method not in start_methods(creator):
        raise Refused(f"{contexts} has no start method {method!r}")
    expect_raises(
        lambda: creator.call(f"{contexts}.set_start_method", method),
        f"{contexts}.set_start_method({method!r}) when one is set already",
        "RuntimeError",
    )
    got = creator.call(f"{contexts}.get_start_method")
    expect(got, stage.target.method, f"{contexts}.get_start_method() after that")


@check("context.first-start-method-is-default")
def test_first_start_method_is_default(stage: Stage) -> None:
    contexts = stage.target.contexts
    with stage.fresh(method="") as untouched:
        creator = untouched.creator
        first = start_methods(creator)[0]
        what = f"{contexts}.get_start_method() where none was set"
        expect(creator.call(f"{contexts}.get_start_method"), first, what)


@check("context.each-start-method-has-its-context")
def test_each_start_method_has_its_context(stage: Stage) -> None:
    creator, contexts = stage.creator, stage.target.contexts
    for method in start_methods(creator):
        got = context_of(creator, method).get_start_method()
        expect(got, method, f"{contexts}.get_context({method!r}).get_start_method()")


_NO_METHODS = st.sampled_from(
    ["nope", "Fork", "SPAWN", "fork ", "forkserver\0", "server", "thread", "spaw", "spawn,fork"]
) | st.text("abcdefg", min_size=1, max_size=12)


@check(
    "context.unknown-start-methods-are-refused",
    name=_NO_METHODS,
    function=st.sampled_from(["get_context", "set_start_method"]),
)
def test_unknown_start_methods_are_refused(stage: Stage, name: str, function: str) -> None:
    creator, contexts = stage.creator, stage.target.contexts
    force = {"force": True} if function == "set_start_method" else {}
    call = f"{contexts}.{function}({name!r}{', force=True' if force else ''})"
    expect_raises(lambda: creator.call(f"{contexts}.{function}", name, **force), call, "ValueError")
    got = creator.call(f"{contexts}.get_start_method", allow_none=True)
    expect(got, stage.target.method, f"{contexts}.get_start_method() after {call}")


# What is recorded.


@observation("context.calls-that-set-start-method")
def test_calls_that_set_start_method(stage: Stage) -> Any:
    contexts, module = stage.target.contexts, stage.target.backend
    with stage.fresh(method="") as untouched:
        creator = untouched.creator
        raw = creator.RawValue("i", 7)
        context = context_of(creator, "spawn")
        calls: dict[str, Callable[[], Any]] = {
            "Value": partial(creator.Value, "i"),
            "Value(lock=lock)": lambda: creator.Value("i", lock=context.Lock()),
            "Value(lock=False)": partial(creator.Value, "i", lock=False),
            "synchronized(obj)": partial(creator.synchronized, raw),
            "synchronized(obj, lock)": lambda: creator.synchronized(raw, context.Lock()),
        }
        if stage.target.has_own_contexts:
            arguments: dict[str, tuple[Any, ...]] = {
                **dict.fromkeys(("Lock", "RLock", "get_context", "get_start_method"), ()),
                "RawValue": ("i",),
                "RawArray": ("i", 3),
                "Value": ("i",),
            }
            for name, args in arguments.items():
                # A missing name is judged by other clauses.
                if creator.call(remote_contexts.part_of, contexts, name) is not None:
                    calls[f"{contexts}.{name}"] = partial(creator.call, f"{contexts}.{name}", *args)
            if f"{contexts}.Value" in calls:
                unlocked = partial(creator.call, f"{contexts}.Value", "i", lock=False)
                calls[f"{contexts}.Value(lock=False)"] = unlocked
        seen: dict[str, Any] = {f"import {module}": _chosen(creator)}
        for name, call in calls.items():
            creator.call(remote_contexts.choose_none, contexts)
            refusal = refusal_of(call)
            seen[name] = f"raised {refusal}" if refusal else _chosen(creator)
    return seen


def _chosen(creator: Actor) -> Any:
    return creator.call(f"{creator.target.contexts}.get_start_method", allow_none=True)


@observation("context.default-start-method")
def test_default_start_method(stage: Stage) -> Any:
    contexts = stage.target.contexts
    with stage.fresh(method="") as untouched:
        methods = start_methods(untouched.creator)
        default = untouched.creator.call(f"{contexts}.get_start_method")
        return {"methods": methods, "default": default}

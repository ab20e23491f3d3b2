"""Area `module`: the functions as the package around a backend and its contexts offer them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ...actors.objects import contexts
from ...actors.runtime import calls, memory
from ...stage.actor import Actor
from ...stage.descriptions import Description
from ...stage.findings import NotKept
from ...stage.handles import Handle
from ...stage.stage import Stage
from ...strategies.accesses import SAMPLES
from ...strategies.tables import each_of
from ..kit.check import check
from ..kit.observe import expect, expect_raises
from ..kit.packages import METHODS, context_of

_DESCRIPTIONS = each_of(
    [variant for one in SAMPLES for variant in (one, one.raw)]
    + [Description(one.maker, one.type, one.args, lock=False) for one in SAMPLES]
)
_LOCKS = st.sampled_from(["Lock", "RLock"])
_METHODS = st.sampled_from(METHODS)


def _function(actor: Actor, method: str | None, name: str) -> Handle:
    """Return a function of the package, or of its context for a start method."""
    if method:
        function: Handle = actor.call("builtins.getattr", context_of(actor, method), name)
        return function
    package = actor.target.contexts
    function = actor.call(contexts.part_of, package, name)
    if function is None:
        raise NotKept(f"{package} has no {name}")
    return function


def _shown(stage: Stage, method: str | None) -> str:
    contexts = stage.target.contexts
    return f"{contexts}.get_context({method!r})" if method else contexts


def _expect_same_construction(
    stage: Stage, method: str | None, one: Description, lock: str
) -> None:
    creator = stage.creator
    keywords: dict[str, Any] = {} if one.lock is True else {"lock": one.lock}
    made = creator.call(_function(creator, method, one.maker), one.type, *one.args, **keywords)
    wanted = one.create(creator)
    what = f"what {_shown(stage, method)}.{one} constructs"
    expect(
        creator.call(calls.class_name, made),
        creator.call(calls.class_name, wanted),
        f"{what}: class",
    )
    got, data = (
        creator.call(memory.contents, obj if one.is_raw else obj.get_obj())[1]
        for obj in (made, wanted)
    )
    expect(got, data, f"{what}: bytes")
    if one.is_raw:
        return
    given = creator.call(_function(creator, method, lock))
    made = creator.call(_function(creator, method, one.maker), one.type, *one.args, lock=given)
    same = creator.call(calls.is_same, made.get_lock(), given)
    expect(same, True, f"{what} with lock={lock}(): get_lock() is lock")


@check("module.package-has-same-functions", description=_DESCRIPTIONS, lock=_LOCKS)
def test_package_has_same_functions(stage: Stage, description: Description, lock: str) -> None:
    _expect_same_construction(stage, None, description, lock)


@check(
    "module.contexts-have-same-functions", description=_DESCRIPTIONS, lock=_LOCKS, method=_METHODS
)
def test_contexts_have_same_functions(
    stage: Stage, description: Description, lock: str, method: str
) -> None:
    _expect_same_construction(stage, method, description, lock)


@check(
    "module.contexts-refuse-ctx",
    description=each_of(list(SAMPLES)),
    method=st.none() | _METHODS,
    given=st.none() | _METHODS,
    lock=st.sampled_from([True, False, None]),
)
def test_contexts_refuse_ctx(
    stage: Stage, description: Description, method: str | None, given: str | None, lock: Any
) -> None:
    target, creator = stage.target, stage.creator
    if method is None and target.contexts == target.backend:
        return
    ctx = context_of(creator, given) if given else None
    function = _function(creator, method, description.maker)
    expect_raises(
        lambda: creator.call(function, description.type, *description.args, lock=lock, ctx=ctx),
        f"{_shown(stage, method)}.{description} with lock={lock} and ctx={given}",
        "TypeError",
    )


@check("module.locks-are-instances-of-their-classes", lock=_LOCKS, method=st.none() | _METHODS)
def test_locks_are_instances_of_their_classes(stage: Stage, lock: str, method: str | None) -> None:
    creator = stage.creator
    synchronize = creator.call(contexts.part_of, stage.target.contexts, "synchronize")
    made = creator.call(_function(creator, method, lock))
    if synchronize is not None:
        is_one = creator.call("builtins.isinstance", made, getattr(synchronize, lock))
        expect(is_one, True, f"isinstance({_shown(stage, method)}.{lock}(), synchronize.{lock})")

"""Area `lock-argument`: which values of `lock=` are accepted or refused, and what each constructs.

That accesses use the lock is judged in `test_in_use`.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ...actors.locks import minimal_locks, spies
from ...actors.runtime import calls, memory, processes
from ...oracle.typecodes import TYPECODES
from ...stage.actor import Actor
from ...stage.descriptions import Description
from ...stage.findings import NotKept, OperationRaised, Refused, Unjudged
from ...stage.names import CType, Name, name_of
from ...stage.stage import Stage
from ...strategies import objects, values
from ...strategies.accesses import SAMPLES, Access
from ...strategies.constructions import (
    BY_SYNCHRONIZED,
    BY_VALUE_AND_ARRAY,
    CONSTRUCTIONS,
    Construction,
    with_access,
)
from ...strategies.tables import each_of
from ..kit.check import check
from ..kit.observe import (
    attempt,
    expect,
    expect_is,
    expect_raises,
    expect_reentrant,
    expect_same,
    expect_that,
)
from ..kit.packages import expect_from_context

_VALUES = [one for one in SAMPLES if one.maker == "Value"]
_ARRAYS = [one for one in SAMPLES if one.maker == "Array"]

_constructions = each_of(CONSTRUCTIONS)
_constructions_by_value_and_array = each_of(BY_VALUE_AND_ARRAY)


def _lock(actor: Actor, lock: Any) -> Any:
    """Return a new lock for the name of a class; None, False and True as they are."""
    return getattr(actor, lock)() if isinstance(lock, str) else lock


# By position.


@check(
    "lock-argument.keyword-only-for-array",
    description=st.sampled_from(_ARRAYS),
    lock=each_of(["Lock", "RLock", True, False, None]),
)
def test_keyword_only_for_array(
    stage: Stage, description: Description, lock: str | bool | None
) -> None:
    creator = stage.creator
    array, given = stage.backend_function("Array"), _lock(creator, lock)
    expect_raises(
        lambda: creator.call(array, description.type, *description.args, given),
        f"Array({description.type!r}, *{description.args!r}, {lock})",
        "TypeError",
    )


_CONSTRUCTORS: list[tuple[str, tuple[Any, ...]]] = [
    *((name, ()) for name in (*values.SIMPLE_TYPES, *objects.STRUCTURES)),
    *((name, (1,)) for name in values.INTEGERS + values.FLOATS),
    (objects.POINT, (1.5, -2.5)),
    (objects.POINT, (1.5,)),
]


@check(
    "lock-argument.positional-lock-goes-to-constructor",
    drawn=each_of(_CONSTRUCTORS),
    lock=st.sampled_from(["Lock", "RLock"]),
)
def test_positional_lock_goes_to_constructor(
    stage: Stage, drawn: tuple[str, tuple[Any, ...]], lock: str
) -> None:
    name, args = drawn
    creator = stage.creator
    given = _lock(creator, lock)
    plain = attempt(lambda: creator.call(CType(name), *args, given))
    made = attempt(lambda: creator.Value(CType(name), *args, given).get_obj())
    expect_same(made, plain, f"Value({', '.join([name, *map(repr, args), f'{lock}()'])})")


# True, None and False.


@check(
    "lock-argument.true-creates-rlock",
    value_or_array=st.tuples(
        st.sampled_from(_constructions_by_value_and_array), st.sampled_from([(), (True,)])
    ),
    synchronized=st.tuples(st.sampled_from(BY_SYNCHRONIZED), st.sampled_from([(), (None,)])),
)
def test_true_creates_rlock(
    stage: Stage,
    value_or_array: tuple[Construction, tuple[bool, ...]],
    synchronized: tuple[Construction, tuple[None, ...]],
) -> None:
    for construction, lock in (value_or_array, synchronized):
        wrapper = construction.carry_out(stage.creator, *lock)
        expect_reentrant(wrapper.get_lock(), f"the lock that {construction} created")


@check("lock-argument.none-means-true", construction=_constructions_by_value_and_array)
def test_none_means_true(stage: Stage, construction: Construction) -> None:
    wrapper = construction.carry_out(stage.creator, None)
    expect_reentrant(wrapper.get_lock(), f"the lock that {construction} created for lock=None")


_UNLOCKED: list[tuple[str, str | CType, Any]] = [
    *(("Value", CType(name), None) for name in (*values.SIMPLE_TYPES, *objects.STRUCTURES)),
    *(("Array", CType(name), 3) for name in (*values.SIMPLE_TYPES, *objects.STRUCTURES)),
    *((one.maker, one.type, *one.args) for one in _ARRAYS),
]


@check("lock-argument.false-returns-raw-object", drawn=each_of(_UNLOCKED))
def test_false_returns_raw_object(stage: Stage, drawn: tuple[str, str | CType, Any]) -> None:
    maker, kind, init = drawn
    creator = stage.creator
    wanted: Any = CType(TYPECODES[kind]) if isinstance(kind, str) else kind
    if maker == "Value":
        made = creator.Value(kind, lock=False)
    else:
        made = creator.Array(kind, init, lock=False)
        wanted = creator.call(
            memory.array_type, wanted, init if isinstance(init, int) else len(init)
        )
    what = f"{maker}({kind}, ..., lock=False) is exactly a {wanted}"
    expect_that(creator.call(calls.is_exactly, made, wanted), what)


_BY_TYPE = {name: name for name in values.SIMPLE_TYPES}
_KINDS = {**_BY_TYPE, **TYPECODES}


def _kind(name: str) -> str | CType:
    return name if name in TYPECODES else CType(name)


@check(
    "lock-argument.false-matches-raw-functions",
    maker=st.sampled_from(["Value", "Array"]),
    typed=values.typed_items(_KINDS),
    misfit=st.none() | values.misfits,
)
def test_false_matches_raw_functions(
    stage: Stage, maker: str, typed: tuple[str, list[Any]], misfit: object
) -> None:
    creator = stage.creator
    name, items = typed
    items = items if misfit is None else [*items, misfit]
    args = items if maker == "Value" else [items]
    made = attempt(lambda: getattr(creator, maker)(_kind(name), *args, lock=False))
    raw = attempt(lambda: getattr(creator, f"Raw{maker}")(_kind(name), *args))
    if made != raw:
        raise NotKept(f"{maker}({name}, *{args!r}, lock=False) {made}, Raw{maker} {raw}")


# Locks that are given.


@check(
    "lock-argument.get-lock-returns-given-lock",
    construction=_constructions,
    lock=st.sampled_from(["Lock", "RLock"]),
)
def test_get_lock_returns_given_lock(stage: Stage, construction: Construction, lock: str) -> None:
    given = _lock(stage.creator, lock)
    wrapper = construction.carry_out(stage.creator, given)
    expect_is(wrapper.get_lock(), given, f"get_lock() is lock, a {lock} given to {construction}")
    own = construction.carry_out(stage.creator)
    expect_is(own.get_lock(), own.get_lock(), f"get_lock() of {construction} is get_lock()")
    value = stage.backend_function("Value")
    kept = stage.creator.call(minimal_locks.is_kept_by_wrapper, value, lock)
    expect_that(kept, f"get_lock() is lock, a {lock} that nobody else has")


_NOT_LOCKS = ["navalue", "", b"lock", 3.5, 1j, ["acquire"], [], {"acquire": None}, {}]
# The example creates objects of these classes.
_CLASSES_OF_NOT_LOCKS = [name_of(spies.NotALock), Name("builtins.object"), Name("io.BytesIO")]


@check(
    "lock-argument.refuses-objects-without-acquire",
    construction=_constructions_by_value_and_array,
    lock=each_of([*_NOT_LOCKS, *_CLASSES_OF_NOT_LOCKS]),
)
def test_refuses_objects_without_acquire(
    stage: Stage, construction: Construction, lock: object
) -> None:
    creator = stage.creator
    given = creator.call(lock) if isinstance(lock, Name) else lock
    what = f"{construction} with lock={f'{lock}()' if isinstance(lock, Name) else repr(lock)}"
    expect_raises(lambda: construction.carry_out(creator, given), what, "AttributeError")


@check(
    "lock-argument.refuses-a-tuple",
    construction=_constructions_by_value_and_array,
    lock=st.sampled_from([(), (1,), (1, 2), ("acquire", "release")]),
)
def test_refuses_a_tuple(
    stage: Stage, construction: Construction, lock: tuple[object, ...]
) -> None:
    what = f"{construction} with lock={lock!r}"
    expect_raises(lambda: construction.carry_out(stage.creator, lock), what, "AttributeError")


_ODD_SPIES: dict[str, type] = {
    "FalsySpyLock": spies.FalsySpyLock,
    "EqualToAllSpyLock": spies.EqualToAllSpyLock,
}


@check(
    "lock-argument.truth-and-equality-are-ignored",
    drawn=with_access(),
    lock=st.sampled_from(list(_ODD_SPIES)),
    passes_ctx=st.booleans(),
)
def test_truth_and_equality_are_ignored(
    stage: Stage, drawn: tuple[Construction, Access], lock: str, passes_ctx: bool
) -> None:
    construction, access = drawn
    creator = stage.creator
    keywords = {"ctx": creator.call(processes.context)} if passes_ctx else {}
    try:
        construction.carry_out(creator, creator.make(spies.SpyLock), **keywords)
    except OperationRaised as raised:
        raise Unjudged(f"the backend accepts no locks but its own: {raised}", raised) from None
    spy = creator.make(_ODD_SPIES[lock])
    wrapper = construction.carry_out(creator, spy, **keywords)
    unused = len(spy.events)
    access.carry_out(wrapper)
    got = spy.events[unused:]
    if "acquire" not in got:
        beside = " beside ctx" if passes_ctx else ""
        raise NotKept(
            f"{access.on('wrapper')} did not use the {lock} given to {construction}{beside}"
        )


# Keywords.


@check(
    "lock-argument.unknown-keywords-are-refused",
    construction=_constructions_by_value_and_array,
    keyword=each_of(["locks", "Lock", "locked", "rlock", "context", "x"]),
    value=st.sampled_from([True, False, None, 3]),
)
def test_unknown_keywords_are_refused(
    stage: Stage, construction: Construction, keyword: str, value: object
) -> None:
    what = f"{construction} with {keyword}={value!r}"
    expect_raises(
        lambda: construction.carry_out(stage.creator, **{keyword: value}), what, "TypeError"
    )


_DEFAULTS: list[tuple[Construction, tuple[bool | None, ...]]] = [
    *(
        (construction, lock)
        for construction in BY_VALUE_AND_ARRAY
        for lock in ((), (True,), (None,))
    ),
    *((construction, lock) for construction in BY_SYNCHRONIZED for lock in ((), (None,))),
]


@check("lock-argument.default-lock-comes-from-ctx", drawn=each_of(_DEFAULTS))
def test_default_lock_comes_from_ctx(
    stage: Stage, drawn: tuple[Construction, tuple[bool | None, ...]]
) -> None:
    construction, lock = drawn
    creator = stage.creator
    context = creator.make(spies.RecordingContext, creator.call(processes.context))
    made = construction.carry_out(creator, *lock, ctx=context).get_lock()
    expect_from_context(made, context, f"{construction} with a ctx")


@check(
    "lock-argument.overrides-ctx",
    construction=_constructions,
    lock=st.sampled_from(["Lock", "RLock"]),
)
def test_overrides_ctx(stage: Stage, construction: Construction, lock: str) -> None:
    creator = stage.creator
    context = creator.call(processes.context)
    given = _lock(creator, lock)
    what = f"get_lock() is lock, a {lock} given to {construction} beside ctx"
    expect_is(construction.carry_out(creator, given, ctx=context).get_lock(), given, what)
    if construction.by_synchronized:
        return
    made = construction.carry_out(creator, False, ctx=context)
    same = creator.call(calls.is_same_class, made, construction.description.raw.create(creator))
    expect_that(same, f"{construction} with lock=False beside ctx is a raw object")


# Wrappers that have been dropped.


@check(
    "lock-argument.given-lock-outlives-wrappers",
    drawn=with_access(),
    lock=st.sampled_from(["Lock", "RLock"]),
    times=st.integers(0, 3),
)
def test_given_lock_outlives_wrappers(
    stage: Stage, drawn: tuple[Construction, Access], lock: str, times: int
) -> None:
    construction, access = drawn
    creator = stage.creator
    given = _lock(creator, lock)
    elsewhere = stage.thread(creator)(given)
    times = min(times, 1) if lock == "Lock" else times
    wrapper = construction.carry_out(creator, given)
    access.carry_out(wrapper)
    for _ in range(times):
        given.acquire()
    del wrapper
    creator.call("gc.collect")
    for left in range(times, 0, -1):
        what = f"lock.acquire(False) elsewhere, the {lock} being held {left} times"
        expect(elsewhere.acquire(False), False, f"{what}, after {construction} was dropped,")
        given.release()
    what = (
        f"lock.acquire(False) elsewhere, the {lock} being free, after {construction} was dropped,"
    )
    expect(elsewhere.acquire(False), True, what)
    elsewhere.release()


# Failures.

_REFUSED_ARGUMENTS: list[tuple[str, str | CType, tuple[Any, ...]]] = [
    ("Value", "i", ("x",)),
    ("Value", "i", (1, 2)),
    ("Value", CType(objects.POINT), (1.0, 2.0, 3.0)),
    ("Value", CType(objects.POINT), ("x",)),
    ("Array", "h", ([1, "x"],)),
    ("Array", "c", ([b"ab"],)),
    ("Array", "i", (None,)),
    ("Array", CType(objects.POINT), ([(1.0, 2.0), (3.0, "x")],)),
]


@check(
    "lock-argument.failed-construction-leaves-lock-free",
    drawn=each_of(_REFUSED_ARGUMENTS),
    lock=st.sampled_from(["Lock", "RLock"]),
)
def test_failed_construction_leaves_lock_free(
    stage: Stage, drawn: tuple[str, str | CType, tuple[Any, ...]], lock: str
) -> None:
    maker, kind, args = drawn
    creator = stage.creator
    given = _lock(creator, lock)
    call = f"{maker}({kind}, {', '.join(map(repr, args))}, lock=lock)"
    try:
        getattr(creator, maker)(kind, *args, lock=given)
    except OperationRaised:
        pass
    else:
        raise Refused(f"{call} was not refused")
    # Another thread tries it: an RLock would be free to the thread that left it held.
    seen_elsewhere = stage.thread(creator)(given)
    expect(seen_elsewhere.acquire(False), True, f"lock.acquire(False) elsewhere after {call}")
    seen_elsewhere.release()

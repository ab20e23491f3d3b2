"""Area `optimized`: what a backend must do even where `assert` statements are not run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ...actors.locks import acquiring
from ...actors.runtime import calls as remote_calls
from ...stage.actor import Actor, actor_of
from ...stage.descriptions import Description
from ...stage.findings import NotKept, Refused
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies import accesses, objects, values
from ...strategies.accesses import SAMPLES, Access
from ..kit.causes import refusal_of
from ..kit.check import check, observation
from ..kit.exclusion import must_wait
from ..kit.observe import expect, expect_raises
from ..kit.twins import same_as_twin

# One interpreter for all kinds of objects: starting it costs as much as a hundred objects.


@check("optimized.accesses-exclude-each-other")
def test_accesses_exclude_each_other(stage: Stage) -> None:
    with stage.fresh("-O") as optimized:
        creator = optimized.creator
        table = accesses.samples(True, "Lock")
        made = {one: one.create(creator) for one in table}
        child, thread = optimized.start(*made.values()), optimized.thread(creator)
        for turn, (one, operations) in enumerate(table.items()):
            wrapper = made[one]
            for access in operations:
                contender = (child, thread)[turn % 2](wrapper)
                who = f"the lock of {one}, held by the creator under -O"
                must_wait(access, contender, wrapper, wrapper.get_lock(), who)
                turn += 1


_FITTING: dict[str, Any] = {
    "c_bool": True,
    "c_char": b"\xff",
    "c_wchar": "\u20ac",
    **dict.fromkeys(values.INTEGERS, -(2**62) + 77),
    **dict.fromkeys(values.FLOATS, -1.5),
}


def _contents() -> dict[Description, tuple[Access, ...]]:
    """Return objects of every kind with accesses that read and write all of them."""
    every = dict(SAMPLES)
    for name, value in _FITTING.items():
        for one in (Description("Value", CType(name)), Description("RawValue", CType(name))):
            every[one] = (
                accesses.set_attribute("value", value),
                accesses.get_attribute("value"),
            )
    for name in objects.STRUCTURES:
        fields = objects.FIELDS[name]
        every[Description("Value", CType(name))] = tuple(
            access
            for field, kind in fields.items()
            for access in (
                accesses.set_attribute(field, _FITTING[kind]),
                accesses.get_attribute(field),
            )
        )
    return every


@check("optimized.contents-are-shared")
def test_contents_are_shared(stage: Stage) -> None:
    with stage.fresh("-OO") as optimized:
        creator = optimized.creator
        every = _contents()
        made = {one: one.create(creator) for one in every}
        child = optimized.start(*made.values())
        for one, operations in every.items():
            raw = made[one] if one.is_raw else made[one].get_obj()
            same_as_twin(operations, child(made[one]), raw, f"{one} in a child under -OO")
            same_as_twin(operations, made[one], raw, f"{one} under -OO")


@check("optimized.invalid-releases-are-refused")
def test_invalid_releases_are_refused(stage: Stage) -> None:
    with stage.fresh("-O") as optimized:
        creator = optimized.creator
        thread = optimized.thread(creator)
        for one in accesses.samples(True, "RLock", "Lock"):
            wrapper = one.create(creator)
            refusal = "ValueError" if one.lock == "Lock" else "AssertionError"
            if one.lock is True and not creator.call(acquiring.is_of_context, wrapper):
                refusal = "Exception"
            for released in (wrapper, wrapper.get_lock()):
                what = f"release() of {one} or its lock, which is free, under -O"
                expect_raises(released.release, what, refusal)
            if one.lock == "Lock":
                continue
            wrapper.acquire()
            what = f"release() of {one}, held by another thread, under -O"
            expect_raises(thread(wrapper).release, what, refusal)
            taken = thread(wrapper).acquire(False)
            expect(taken, False, f"acquire(False) after the refused {what}")
            wrapper.release()
            taken = thread(wrapper).acquire(False)
            expect(taken, True, f"acquire(False) after the release by its owner of {one}, under -O")
            thread(wrapper).release()


# Refusals: what is refused without -O has to be refused with it.


_NON_LOCKS: list[Any] = ["navalue", 3.5, 1, [], {}, b"", ["acquire"]]
_NON_TYPES: list[Any] = ["w", "x", "", "ii", None, 3, []]
_BAD_INITIALIZERS: list[Any] = [-1, 1.5, None, [1, "x"], ["x"], 2**70]
_NON_NUMBERS: list[Any] = ["x", None, b"", 1.5, [1]]
_NON_OBJECTS: list[Any] = [5, "x", b"", None, [1], {}]
_BAD_ACCESSES: list[tuple[str, tuple[Any, ...]]] = [
    ("__getitem__", (99,)),
    ("__getitem__", ("x",)),
    ("__setitem__", (99, 1)),
    ("__setitem__", (0, "xyz")),
    ("__setattr__", ("value", [1])),
    ("__setattr__", ("x", "y")),
]


def _refused_calls(actor: Actor) -> dict[str, Callable[[], Any]]:
    """Return calls with an invalid argument, by their text."""
    calls: dict[str, Callable[[], Any]] = {}

    def add(maker: str, *args: Any, **keywords: Any) -> None:
        shown = [*map(repr, args), *(f"{name}={value!r}" for name, value in keywords.items())]
        call = partial(actor.call, actor.target.backend_function(maker), *args, **keywords)
        calls[f"{maker}({', '.join(shown)})"] = call

    for one in SAMPLES:
        for lock in _NON_LOCKS:
            add(one.maker, one.type, *one.args, lock=lock)
        wrapper = one.create(actor)
        for name, args in _BAD_ACCESSES:
            call = partial(actor.call, remote_calls.call_method, wrapper, name, *args)
            calls[f"{one}.{name}{args!r}"] = call
    for raw in ("Raw", ""):
        for kind in _NON_TYPES:
            add(f"{raw}Value", kind)
            add(f"{raw}Array", kind, 3)
        for init in _BAD_INITIALIZERS:
            add(f"{raw}Array", "h", init)
        for number in _NON_NUMBERS:
            add(f"{raw}Value", "h", number)
    for non_object in _NON_OBJECTS:
        add("copy", non_object)
        add("synchronized", non_object)
    return calls


@check("optimized.invalid-arguments-are-refused")
def test_invalid_arguments_are_refused(stage: Stage) -> None:
    # What is accepted without -O, rightly or not, is for other clauses.
    plain = {what: refusal_of(call) for what, call in _refused_calls(stage.creator).items()}
    with stage.fresh("-O") as optimized:
        for what, call in _refused_calls(optimized.creator).items():
            got, wanted = refusal_of(call), plain[what]
            if wanted == "AssertionError" and got is not None:
                continue
            if wanted is not None and got != wanted:
                outcome = f"raised {got}" if got else "was accepted"
                raise NotKept(f"{what} {outcome} under -O, and raised {wanted} without")


def _shared(actor: Actor) -> dict[str, Handle]:
    wrappers = {repr(one): one.create(actor) for one in accesses.samples(True, "Lock")}
    raws = {repr(one.raw): one.raw.create(actor) for one in SAMPLES}
    return {**wrappers, **raws}


@check("optimized.pickling-is-refused")
def test_pickling_is_refused(stage: Stage) -> None:
    creator = stage.creator
    plain = {what: refusal_of(_dump(obj)) for what, obj in _shared(creator).items()}
    if not any(plain.values()):
        raise Refused("everything can be pickled without -O")
    with stage.fresh("-O") as optimized:
        for what, obj in _shared(optimized.creator).items():
            if plain[what] and refusal_of(_dump(obj)) is None:
                raise NotKept(f"pickle.dumps({what}) is accepted under -O, {plain[what]} without")


def _dump(obj: Handle) -> Callable[[], Any]:
    return partial(actor_of(obj).call, "pickle.dumps", obj)


@check("optimized.wrappers-are-refused")
def test_wrappers_are_refused(stage: Stage) -> None:
    with stage.fresh("-O") as optimized:
        creator = optimized.creator
        for one in SAMPLES:
            for lock in ((), (None,), (creator.Lock(),)):
                wrapper = one.create(creator)
                expect_raises(
                    partial(creator.synchronized, wrapper, *lock),
                    f"synchronized({one}{', lock' * len(lock)}) under -O",
                    "AssertionError",
                    "TypeError",
                    "AttributeError",
                )


@observation("optimized.refusal-of-wrappers")
def test_refusal_of_wrappers(stage: Stage) -> Any:
    with stage.fresh("-O") as optimized:
        return {"without": _refusals(stage.creator), "with -O": _refusals(optimized.creator)}


def _refusals(actor: Actor) -> list[str | None]:
    """Return the exceptions that refuse wrappers, each once, and None if any is accepted."""
    got = [refusal_of(partial(actor.synchronized, one.create(actor))) for one in SAMPLES]
    return list(dict.fromkeys(got))

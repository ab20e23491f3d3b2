"""Why a call failed: which exception it raised, and whether a plainer call fails for that reason.

A backend whose `get_obj` raises fails a hundred checks, of which two or three are about `get_obj`.
So when a check ends with an exception of the backend, the plainest use of everything is tried once
(`_uses`), in processes of its own. If one of these uses raises the same exception, that is the
cause; and if one of them hangs, or ends its process, it is the cause of any other hang or end. It
is judged by the clauses that `_JUDGES` names for this use; for any other clause the example shows
nothing.

One use may fail without any exception: where a wrapper has no accessor for a field, what is
assigned to the field stays in the wrapper. Then nothing that accesses a field shows anything.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache, partial

from ...actors.runtime import memory
from ...actors.runtime.probe import NAMES
from ...stage.actor import actor_of
from ...stage.descriptions import Description
from ...stage.findings import (
    ActorDied,
    ActorHung,
    Cause,
    Finding,
    GaveUp,
    Missing,
    OperationRaised,
    Raised,
    short_name,
)
from ...stage.handles import Handle
from ...stage.names import ACTORS_AS, Name
from ...stage.operations import ObjectRef, Operation
from ...stage.stage import Stage
from ...stage.target import Target
from ...strategies.accesses import SAMPLE_NAMES, SAMPLES, accesses_of
from .observe import expect

# The areas that judge what is constructed, and what accesses do.
_DATA = ("array", "copy", "operations", "raw", "string", "types", "wrapper")

# The clauses that judge a plain use; the first one is named by reports. An entry without a dot is
# an area: all its clauses judge the use.
_JUDGES = {
    "presence": ("module.has-all-six-functions",),
    "class names": ("wrapper.class-depends-on-type",),
    "RawValue": ("seed.value-of-typecode-equals-type", *_DATA),
    "RawArray": ("seed.sized-array-of-typecode-equals-type", *_DATA),
    "Value": ("wrapper.value-constructs-like-rawvalue", *_DATA),
    "Array": ("wrapper.array-constructs-like-rawarray", *_DATA),
    "copy": ("copy.equals-its-source", "copy"),
    "synchronized": ("wrapper.synchronized-wraps-every-kind",),
    "lock": ("lock.free-lock-is-acquired", "lock.release-returns-none"),
    "lock=": ("lock-argument.get-lock-returns-given-lock",),
    "get_obj": ("operations.wrapper-and-object-agree", "wrapper.inherited-wrapper-is-complete"),
    "get_lock": ("lock-argument.get-lock-returns-given-lock",),
    "default lock": ("exclusion.same-thread-contends-for-default-lock",),
    "acquire": ("wrapper.acquire-and-release-delegate-to-lock",),
    "with": ("with.every-wrapper-is-a-context-manager",),
    "number": ("wrapper.value-access-matches-object", "operations"),
    "array": ("wrapper.item-access-matches-object", "operations", "array"),
    "string": ("wrapper.string-access-matches-object", "operations", "array", "string"),
    "structure": ("wrapper.field-access-matches-object", "operations"),
    "structures": ("wrapper.item-access-matches-object", "operations", "array"),
    "len": ("wrapper.length-and-iteration-match-object", "operations"),
    "start with a raw object": ("seed.parent-write-reaches-child", "sharing"),
    "start": ("seed.child-write-to-value-reaches-parent", "sharing"),
}

_CLASSES = ("SynchronizedBase", "Synchronized", "SynchronizedArray", "SynchronizedString")

# Its clauses quote the documentation's own examples, and judge whatever these need.
_EXAMPLES = "seed"

# Areas about limits, and what the system answers when one is reached.
_ABOUT_LIMITS = ("fault", "leak")
_LIMITS = tuple(
    f"[Errno {number}]"
    for number in (
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOMEM,
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EFBIG,
        errno.EROFS,
    )
)


def refusal_of(call: Callable[[], object]) -> str | None:
    """Return the name of the exception that a call raises, None if it returns."""
    try:
        call()
    except OperationRaised as raised:
        return short_name(raised.names[0])
    return None


def limit_reached(clause: str, finding: Finding) -> str:
    """Return what the system refuses according to a finding, "" if it is not about that.

    How many files a process may have open, how much fits on a disk: a backend that needs more than
    others is not wrong. That it must cope with a refusal, or needs ever more, is judged by areas of
    their own.
    """
    if clause.partition(".")[0] in _ABOUT_LIMITS:
        return ""
    for one in finding.causes:
        if isinstance(one, Raised) and one.name == "OSError" and one.text.startswith(_LIMITS):
            return one.text
    return ""


def judge_of_cause(
    clause: str, target: Target, finding: Finding, operations: Iterable[Operation] = ()
) -> str:
    """Return the clause that judges the cause of a finding, "" if that is the given clause.

    `operations` are those of the example.
    """
    if isinstance(finding, Missing):
        use = "presence"
    else:
        signs = _signs_of(finding)
        causes = _causes(target) if signs else {}
        use = next((causes[sign] for sign in signs if sign in causes), "")
        if not use and any(map(_accesses_a_field, operations)) and _has_no_accessors(target):
            use = "structure"
    if not use:
        return ""
    area = clause.partition(".")[0]
    judges = {*_JUDGES[use]}
    if use != "presence":
        judges.add(_EXAMPLES)
    return "" if {clause, area} & judges else _JUDGES[use][0]


# What wrappers have besides fields.
_NO_FIELDS = ("value", "raw", "acquire", "release", "get_obj", "get_lock")


def _accesses_a_field(operation: Operation) -> bool:
    """Return whether an operation reads or assigns a field of a wrapper, or one of several does."""
    return any(
        access.is_of_attribute
        and isinstance(obj, ObjectRef)
        # Not a structure, and no object of the suite.
        and not obj.kind.startswith(ACTORS_AS)
        and access.args[0] not in _NO_FIELDS
        for obj, access in accesses_of(operation)
    )


@cache
def _has_no_accessors(target: Target) -> bool:
    """Return whether wrappers of structures have no attributes for the fields."""
    stage = Stage(target)
    try:
        structure = next(one for one in SAMPLES if SAMPLE_NAMES[one] == "structure")
        wrapper = structure.create(stage.creator)
        return not stage.creator.call("builtins.hasattr", wrapper, "x")
    except (Finding, GaveUp):
        return False
    finally:
        stage.close()


@cache
def passed_to_children(target: Target) -> tuple[str, ...]:
    """Return which of the four makers construct objects that can be passed to a child."""
    makers = []
    stage = Stage(target)
    try:
        for one in (_NUMBER, _SEVERAL, *SAMPLES):
            try:
                _start_with(one, stage)
            except (Finding, GaveUp):
                stage.reset()
            else:
                makers.append(one.maker)
    finally:
        stage.close()
    return tuple(dict.fromkeys(makers))


def judge_of_hangs(target: Target) -> str:
    """Return the clause that judges why most calls hang, "" if no plain use hangs."""
    use = _causes(target).get("hang")
    return _JUDGES[use][0] if use else ""


_NUMBER, _SEVERAL = Description("RawValue", "i", (1,)), Description("RawArray", "i", (3,))

# How a failure is recognized: what was raised or returned, "hang", or the signal that ended a
# process. An exit status is none: it is 1 for whatever a child raises.
_Sign = Cause | str | int


def _signs_of(finding: Finding) -> tuple[_Sign, ...]:
    match finding:
        case ActorHung():
            return ("hang",)
        case ActorDied(code=int(code)) if code < 0:
            return (code,)
    return finding.causes


@cache
def _causes(target: Target) -> dict[_Sign, str]:
    """Return what goes wrong in plain uses, each with the first of these uses."""
    causes: dict[_Sign, str] = {}
    hung: set[str] = set()
    stage = Stage(target)
    try:
        for use, attempt in _uses():
            if use in hung:  # the others would take as long
                continue
            try:
                attempt(stage)
            except GaveUp:
                hung.add(use)
                stage.reset()
            except Finding as finding:
                causes.update({one: use for one in _signs_of(finding) if one not in causes})
                if isinstance(finding, ActorDied | ActorHung):
                    hung.add(use)
                    stage.reset()
                # One that hangs is enough to explain any hang.
                stage.hangs.are_many |= isinstance(finding, ActorHung)
    finally:
        stage.close()
    return causes


def _uses() -> Iterator[tuple[str, Callable[[Stage], object]]]:
    """Yield plain uses of a backend: first what others are made of."""
    number, several = _NUMBER, _SEVERAL
    for name in NAMES:
        yield "presence", partial(_look_up, name)
    for name in _CLASSES:
        yield "class names", partial(_look_up, name)
    yield "RawValue", lambda stage: _contents(number.create(stage.creator))
    yield "RawArray", lambda stage: _contents(several.create(stage.creator))
    yield "copy", partial(_with, number, lambda raw: _contents(actor_of(raw).copy(raw)))
    yield "lock", lambda stage: _acquire_and_release(stage.creator.Lock())
    yield "lock", lambda stage: _acquire_and_release(stage.creator.RLock())
    for one in SAMPLES:
        yield one.maker, partial(_with, one, lambda _: None)
        yield "lock=", partial(_with, replace(one, lock="Lock"), lambda _: None)
    for one in SAMPLES:
        yield "synchronized", partial(_with, one.raw, lambda raw: actor_of(raw).synchronized(raw))
    for one, accesses in SAMPLES.items():
        yield "get_obj", partial(_with, one, lambda wrapper: _contents(wrapper.get_obj()))
        yield "get_lock", partial(_with, one, lambda wrapper: wrapper.get_lock())
        yield (
            "default lock",
            partial(_with, one, lambda wrapper: _acquire_and_release(wrapper.get_lock())),
        )
        yield "acquire", partial(_with, one, _acquire_and_release)
        yield "with", partial(_with, one, _enter_and_leave)
        for access in accesses:
            yield SAMPLE_NAMES[one], partial(_with, one, access.carry_out)
        if one.maker == "Array":
            yield "len", partial(_with, one, len)
    yield from _uses_in_one_call()
    for one in (number, several):
        yield "start with a raw object", partial(_start_with, one)
    for one in SAMPLES:
        yield "start", partial(_start_with, one)


def _uses_in_one_call() -> Iterator[tuple[str, Callable[[Stage], object]]]:
    """Yield uses in which the suite's code in an actor goes on with what a function returned.

    There, what is no object of ctypes raises an exception, instead of being seen when it is
    returned.
    """
    for one in SAMPLES:
        yield "get_obj", partial(_with, one, _contents_of_any)
    for one in (_NUMBER, _SEVERAL, *SAMPLES):
        yield one.maker, partial(_go_on_with, one)
    for name in ("copy", "synchronized"):
        yield name, partial(_with, _NUMBER, partial(_go_on_with_made_by, name))


def _go_on_with(one: Description, stage: Stage) -> None:
    maker = stage.backend_function(one.maker)
    stage.creator.call(memory.contents_of_made, maker, one.type, *one.args)


def _go_on_with_made_by(name: str, raw: Handle) -> None:
    actor = actor_of(raw)
    actor.call(memory.contents_of_made, actor.target.backend_function(name), raw)


def _contents_of_any(obj: Handle) -> None:
    actor_of(obj).call(memory.contents_of_any, obj)


def _look_up(name: str, stage: Stage) -> None:
    stage.creator.call("builtins.getattr", Name(stage.target.backend), name)


def _with(one: Description, use: Callable[[Handle], object], stage: Stage) -> None:
    use(one.create(stage.creator))


def _contents(obj: Handle) -> None:
    actor_of(obj).call(memory.contents, obj)


def _start_with(one: Description, stage: Stage) -> None:
    stage.start(one.create(stage.creator))


def _acquire_and_release(lock: Handle) -> None:
    expect(lock.acquire(), True, "acquire()")
    expect(lock.release(), None, "release()")


def _enter_and_leave(manager: Handle) -> None:
    with manager:
        pass

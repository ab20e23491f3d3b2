"""Area `wrapper`: what can be wrapped, classes and names of wrappers, and inherited wrappers."""

from __future__ import annotations

from functools import partial
from typing import Any

from hypothesis import strategies as st

from ...actors.objects import comparing
from ...actors.runtime import calls, parts, type_names
from ...stage.actor import actor_of
from ...stage.descriptions import Description
from ...stage.findings import NotKept, OperationRaised
from ...stage.handles import Handle
from ...stage.names import CType, Name
from ...stage.stage import Stage
from ...strategies import members, objects, sizes, values
from ...strategies.accesses import SAMPLES, Access
from ...strategies.tables import each_of
from ..kit.check import check, observation
from ..kit.exclusion import must_wait
from ..kit.observe import attempt, expect, expect_is, expect_raises
from ..kit.twins import each_same_as_twin, same_as_twin, twin_of

_WHO = st.sampled_from(["creator", "child"])
_ANY = each_of(members.ALL)

# Refusals.


@check(
    "wrapper.refuses-a-wrapper",
    description=each_of(list(SAMPLES)),
    lock=st.sampled_from([(), (None,), ("Lock",)]),
)
def test_refuses_a_wrapper(
    stage: Stage, description: Description, lock: tuple[str | None, ...]
) -> None:
    creator = stage.creator
    wrapper = description.create(creator)
    locks = [creator.Lock() if one else one for one in lock]
    expect_raises(
        lambda: creator.synchronized(wrapper, *locks),
        f"synchronized({description})",
        "AssertionError",
        "TypeError",
        "AttributeError",
    )


_NON_OBJECTS: list[Any] = [5, 1.5, "x", b"bytes", bytearray(3), None, True, [1], (1, 2), {}]
_NON_OBJECTS += [CType("c_int"), CType(objects.POINT), Name("builtins.len"), Name("ctypes")]


@check(
    "wrapper.refuses-non-ctypes-objects",
    obj=each_of(_NON_OBJECTS),
    with_lock=st.booleans(),
)
def test_refuses_non_ctypes_objects(stage: Stage, obj: Any, with_lock: bool) -> None:
    lock = [stage.creator.Lock()] if with_lock else []
    expect_raises(
        lambda: stage.creator.synchronized(obj, *lock),
        f"synchronized({obj!r})",
        "TypeError",
        "AttributeError",
    )


# What can be wrapped.


def _on_samples(most: int) -> st.SearchStrategy[tuple[Description, list[Access]]]:
    return st.one_of(
        [
            st.tuples(st.just(one), st.lists(st.sampled_from(accesses), min_size=1, max_size=most))
            for one, accesses in SAMPLES.items()
        ]
    )


@check(
    "wrapper.wraps-ordinary-ctypes-objects",
    drawn=_on_samples(4),
    around=st.tuples(*(sizes.around_powers(power, power + 1) for power in range(3, 21))),
)
def test_wraps_ordinary_ctypes_objects(
    stage: Stage, drawn: tuple[Description, list[Access]], around: tuple[int, ...]
) -> None:
    description, operations = drawn
    creator = stage.creator
    synchronized = stage.backend_function("synchronized")
    for what, got, wanted in creator.call(comparing.unlike_when_wrapped, synchronized, around):
        expect(got, wanted, what)
    ordinary = twin_of(description.raw.create(creator))
    lock = creator.Lock()
    wrapper = creator.synchronized(ordinary, lock)
    shown = f"synchronized(an ordinary {objects.ctype_of(description)})"
    expect_is(wrapper.get_obj(), ordinary, f"get_obj() of {shown} is what was wrapped")
    same_as_twin(operations, wrapper, ordinary, shown)
    elsewhere = stage.thread(creator)(wrapper)
    must_wait(operations[-1], elsewhere, wrapper, lock, f"the lock of {shown}")


@check(
    "wrapper.wrappers-of-one-object-share-its-data",
    drawn=_on_samples(6),
    turns=st.lists(st.sampled_from([0, 1]), min_size=6, max_size=6),
    locks=st.lists(st.sampled_from(["Lock", "RLock"]), min_size=1, max_size=2),
)
def test_wrappers_of_one_object_share_its_data(
    stage: Stage, drawn: tuple[Description, list[Access]], turns: list[int], locks: list[str]
) -> None:
    description, operations = drawn
    creator = stage.creator
    raw = description.raw.create(creator)
    given = [getattr(creator, kind)() for kind in locks]
    # With one lock drawn, both wrappers get it.
    given = (given * 2)[:2]
    wrappers = [creator.synchronized(raw, lock) for lock in given]
    for number, (wrapper, lock) in enumerate(zip(wrappers, given, strict=True), 1):
        what = f"wrapper {number} of 2 of {description.raw} has the lock that it was given"
        expect_is(wrapper.get_lock(), lock, what)
    steps = [(wrappers[turn], access) for access, turn in zip(operations, turns, strict=False)]
    each_same_as_twin(steps, raw, f"{description.raw} behind two wrappers")


_NESTED = Description("RawValue", CType(objects.NESTED))
_POINTS = Description("RawArray", CType(objects.POINT), (3,))
_PART_TABLE = (_NESTED, _POINTS)

# Where the part is, and the accesses to it.
_PARTS: list[tuple[Description, tuple[Any, ...], st.SearchStrategy[Access]]] = [
    (_NESTED, ("at",), members.field_accesses(objects.FIELDS[objects.POINT])),
    (_NESTED, ("tail",), members.item_accesses(3, members.assignable("c_int"))),
    (_POINTS, (0,), members.field_accesses(objects.FIELDS[objects.POINT])),
    (_POINTS, (-1,), members.field_accesses(objects.FIELDS[objects.POINT])),
]


@check(
    "wrapper.wraps-nested-objects",
    drawn=st.one_of(
        [
            st.tuples(st.just(whole), st.just(path), st.lists(accesses, min_size=1, max_size=4))
            for whole, path, accesses in _PARTS
        ]
    ),
)
def test_wraps_nested_objects(
    stage: Stage, drawn: tuple[Description, tuple[Any, ...], list[Access]]
) -> None:
    description, path, operations = drawn
    shared = stage.pool.take(description, _PART_TABLE)
    creator = stage.creator
    read_part = Access(parts.read_at, (path,))
    twin = twin_of(shared.raw)
    twin_part = read_part.carry_out(twin)
    part = read_part.carry_out(shared.raw)
    wrapper = creator.synchronized(part)
    shown = f"synchronized(part {path} of {description})"
    same_as_twin(operations, wrapper, part, shown, twin_part)
    # The child reads it: only what is in shared memory can reach it.
    expect(shared.child, twin, f"the bytes of {description} in a child after accesses to {shown}")


# Classes.

_KINDS = ("Synchronized", "SynchronizedArray", "SynchronizedString")


def _kinds_of(description: Description) -> dict[str, bool]:
    """Return the module's classes, and whether a wrapper has to be an instance of each."""
    ctype = objects.ctype_of(description)
    if description.maker == "Array":
        kind = "SynchronizedString" if ctype == "c_char" else "SynchronizedArray"
    else:
        kind = "Synchronized" if ctype in values.SIMPLE_TYPES else ""
    wanted = {name: name == kind for name in _KINDS}
    if kind == "SynchronizedString":
        # It may be a SynchronizedArray or not: it supports all that an array does.
        del wanted["SynchronizedArray"]
    return {**wanted, "SynchronizedBase": True}


@check("wrapper.class-depends-on-type", description=each_of(members.ALL), who=_WHO)
def test_class_depends_on_type(stage: Stage, description: Description, who: str) -> None:
    shared = stage.pool.take(description, members.ALL)
    wrapper = shared.seen_by(who)
    actor = actor_of(wrapper)
    backend = Name(stage.target.backend)
    for name, wanted in _kinds_of(description).items():
        if not actor.call("builtins.hasattr", backend, name):
            continue  # a module need not have all of them
        cls = actor.call("builtins.getattr", backend, name)
        is_one = actor.call("builtins.isinstance", wrapper, cls)
        expect(is_one, wanted, f"isinstance({description}, {name})")


# Fields of its own, and inherited ones: some types of one name differ in the latter alone.
_NAMESAKES = st.tuples(
    st.sampled_from([("a",), ("b",), ("a", "b")]), st.sampled_from([(), ("c",), ("d",)])
)


@check(
    "wrapper.same-named-types-are-distinguished",
    types=st.lists(_NAMESAKES, min_size=3, max_size=6, unique=True),
    value=st.integers(1, 100),
)
def test_same_named_types_are_distinguished(
    stage: Stage, types: list[tuple[tuple[str, ...], tuple[str, ...]]], value: int
) -> None:
    creator = stage.creator
    alive = []  # as long as a wrapper lives, whatever knows its class by the name does as well
    for number, (own, inherited) in enumerate(types):
        # Whether a wrapper has the fields of a base at all is another question.
        only = creator.call(parts.structure_type, f"Only{number}", own, inherited)()
        fields = [one for one in (*inherited, *own) if _reaches(creator.synchronized(only), one)]
        raw = creator.call(parts.structure_type, "Namesake", own, inherited)()
        wrapper = creator.synchronized(raw)
        alive.append(wrapper)
        for field in fields:
            setattr(wrapper, field, value)
            what = f"the field {field} of the last of {len(alive)} types called Namesake"
            expect(getattr(raw, field), value, f"{what}, with the fields {(*inherited, *own)},")


def _reaches(wrapper: Handle, field: str) -> bool:
    """Return whether what is set by a wrapper arrives in its object, which is new."""
    try:
        setattr(wrapper, field, 1)
    except OperationRaised:
        return False
    return bool(getattr(wrapper.get_obj(), field) == 1)


# Names.

_METHODS = ("acquire", "get_lock", "get_obj", "release")
# Wrappers of wide arrays are left out: whether they offer the `value` of the object is open.
_CLOSED = [one for one in members.ALL if one.maker == "Value" or objects.ctype_of(one) != "c_wchar"]


def _members_of(description: Description) -> tuple[str, ...]:
    ctype = objects.ctype_of(description)
    if description.maker == "Array":
        return ("raw", "value") if ctype == "c_char" else ()
    return ("value",) if ctype in values.SIMPLE_TYPES else tuple(members.FIELDS[ctype])


@observation("wrapper.other-public-attributes")
def test_other_public_attributes(stage: Stage) -> Any:
    found = {}
    for description in SAMPLES:
        wrapper = description.create(stage.creator)
        names = actor_of(wrapper).call(parts.public_names, wrapper)
        known = {*_METHODS, *_members_of(description)}
        found[str(description)] = sorted(set(names) - known)
    return found


@observation("wrapper.repr")
def test_repr(stage: Stage) -> Any:
    def shown(wrapper: Handle) -> str:
        actor = actor_of(wrapper)
        text: str = actor.call("builtins.repr", wrapper)
        return text.replace(actor.call("builtins.repr", wrapper.get_obj()), "OBJECT")

    return {str(one): shown(one.create(stage.creator)) for one in SAMPLES}


@check("wrapper.is-not-a-ctypes-object", description=each_of(list(SAMPLES)))
def test_is_not_a_ctypes_object(stage: Stage, description: Description) -> None:
    creator = stage.creator
    wrapper, other = description.create(creator), creator.call("builtins.object")
    for function in ("byref", "addressof", "sizeof", "pointer"):
        # What these raise for objects that are not of ctypes is up to the interpreter.
        wanted, got = (
            attempt(partial(creator.call, f"ctypes.{function}", obj)) for obj in (other, wrapper)
        )
        if got != wanted:
            raise NotKept(f"{function}({description}) {got}; of object() {wanted}")


# In a child.


@check("wrapper.inherited-wrapper-is-complete", description=_ANY)
def test_inherited_wrapper_is_complete(stage: Stage, description: Description) -> None:
    shared = stage.pool.take(description, members.ALL)
    creator, child = shared.creator, shared.child
    for function in (calls.class_name, parts.public_names, parts.special_names):
        here, there = (actor_of(one).call(function, one) for one in (creator, child))
        what = function.__name__.replace("_", " ")
        expect(there, here, f"in a child, the {what} of {description}")
    wanted, got = (_type_name(one.get_obj()) for one in (creator, child))
    expect(got, wanted, f"in a child, the type of the object of {description}")
    wanted, got = (_class_name(one.get_lock()) for one in (creator, child))
    expect(got, wanted, f"in a child, the class of the lock of {description}")


def _class_name(obj: Handle) -> object:
    return actor_of(obj).call(calls.class_name, obj)


def _type_name(obj: Handle) -> object:
    # Not by `class_name`: the module of an array type is that of the code that used it first.
    actor = actor_of(obj)
    return actor.call(type_names.name_of, actor.call("builtins.type", obj))

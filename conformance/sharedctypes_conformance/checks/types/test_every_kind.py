"""Area `types`: structures, unions and arrays of every kind, in one process and in two."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from ...actors.objects import every_constructor
from ...actors.runtime import calls, parts
from ...stage.findings import NotKept
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies import members
from ...strategies import type_names as shapes
from ...strategies.accesses import Access, set_item
from ...strategies.filling import Filled, filled, where
from ..kit.check import check
from ..kit.makers import makers_of
from ..kit.observe import attempt, expect_same, expect_that
from ..kit.twins import same_as_twin

_Drawn = list[Filled]


def _several(*sorts: shapes.Sort) -> st.SearchStrategy[_Drawn]:
    return st.lists(filled(*sorts), min_size=1, max_size=3)


@check("types.nested-layout-matches-ctypes", drawn=_several(shapes.NESTED, shapes.WITH_ARRAYS))
@check("types.union-layout-matches-ctypes", drawn=_several(shapes.UNIONS))
@check("types.packed-layout-matches-ctypes", drawn=_several(shapes.PACKED))
@check("types.bit-fields-match-ctypes", drawn=_several(shapes.BIT_FIELDS))
@check("types.byte-order-matches-ctypes", drawn=_several(shapes.OTHER_ORDER))
@check("types.byte-order-of-unions-matches-ctypes", drawn=_several(shapes.OTHER_ORDER_UNIONS))
@check("types.anonymous-fields-match-ctypes", drawn=_several(shapes.ANONYMOUS))
@check("types.inherited-fields-match-ctypes", drawn=_several(shapes.INHERITING))
def test_layouts_match_ctypes(stage: Stage, drawn: _Drawn) -> None:
    """Raise NotKept unless objects behave as ordinary ones, however they were constructed."""
    creator = stage.creator
    for one in drawn:
        # Some interpreters cannot construct an ordinary object from all arguments that fit.
        args = one.args
        if attempt(lambda o=one: creator.call(o.type, *o.args)).how == "raised":  # type: ignore[misc]  # a default binds o
            args = ()
        outcomes = creator.call(
            every_constructor.used, makers_of(stage), one.type, args, one.assignments
        )
        plain = outcomes.pop("T(*args)")
        for construction, got in outcomes.items():
            _expect_same_use(one, args, construction, got, plain)


def _expect_same_use(
    one: Filled, args: tuple[object, ...], construction: str, got: list[str], plain: list[str]
) -> None:
    if got == plain:
        return
    steps = ["the bytes of obj"]
    for path, value in one.assignments:
        steps += [f"{where(path)} = {value!r}", f"{where(path)} after it was assigned {value!r}"]
    steps += ["finally all values of obj", "finally the bytes of obj"]
    place = [mine == theirs for mine, theirs in zip(got, plain, strict=True)].index(False)
    raise NotKept(
        f"{steps[place]}, obj being {construction} of T = {one.type} and args = {args!r}, "
        f"gave {got[place]}, on an ordinary object {plain[place]}"
    )


# Wrappers.


@check(
    "types.array-types-are-wrapped-as-arrays",
    drawn=st.lists(filled(shapes.ARRAYS), min_size=1, max_size=2),
    index=st.integers(-6, 6),
    part=members.slices(3),
)
def test_array_types_are_wrapped_as_arrays(
    stage: Stage, drawn: _Drawn, index: int, part: slice
) -> None:
    creator = stage.creator
    for one in drawn:
        what = f"Value({one.type}, *{one.args!r})"
        plain = attempt(lambda o=one: creator.call(o.type, *o.args))  # type: ignore[misc]  # a default binds o
        if plain.how == "raised":
            continue
        wrapper = creator.Value(one.type, *one.args)
        expect_same(attempt(wrapper.get_obj), plain, f"{what}.get_obj()")
        accesses = [
            Access("builtins.len", ()),
            Access("operator.getitem", (index,)),
            Access("operator.getitem", (part,)),
            Access(parts.iterated, ()),
            set_item(-1, one.args[0]) if one.args else Access("builtins.len", ()),
        ]
        same_as_twin(accesses, wrapper, wrapper.get_obj(), what)


@check(
    "types.structures-without-fields-are-wrapped",
    base=st.sampled_from(["Structure", "Union", "BigEndianStructure"]),
    declared=st.booleans(),
)
def test_structures_without_fields_are_wrapped(stage: Stage, base: str, declared: bool) -> None:
    creator = stage.creator
    cls = creator.call(every_constructor.without_fields, base, declared)
    how = "empty _fields_" if declared else "no _fields_"
    made: list[Handle] = []
    outcome = attempt(lambda: made.append(creator.Value(cls)))
    if not made:
        raise NotKept(f"Value(T), T being a {base} with {how}, {outcome}, should give a wrapper")
    same = creator.call(calls.is_exactly, made[0].get_obj(), cls)
    expect_that(same, f"Value(T).get_obj() is a T, T being a {base} with {how},")


# Two processes. Each example starts a child, so it has many objects.

_MANY = st.lists(filled(shapes.TYPES), min_size=8, max_size=20)


def _make_all(stage: Stage, drawn: _Drawn) -> tuple[list[Handle], list[Handle], _Drawn]:
    """Return raw objects, ordinary ones, and what they are constructed from.

    Where an interpreter cannot construct an ordinary object from the arguments, there are none.
    """
    fillings = [
        Filled(one.type, one.args if _can_construct(stage, one) else (), one.assignments)
        for one in drawn
    ]
    calls = [(one.type, one.args) for one in fillings]
    raw_value = stage.backend_function("RawValue")
    made = stage.creator.call(every_constructor.make_all, raw_value, calls)
    return made, stage.creator.call(every_constructor.plain_all, calls), fillings


def _can_construct(stage: Stage, one: Filled) -> bool:
    return attempt(lambda: stage.creator.call(one.type, *one.args)).how == "returned"


@check("types.class-is-preserved-in-child", drawn=_MANY, costly=True)
def test_class_is_preserved_in_child(stage: Stage, drawn: _Drawn) -> None:
    made, _, _ = _make_all(stage, drawn)
    child = stage.start(*made)
    seen = [child(obj) for obj in made]
    names = [one.type.name for one in drawn]
    others = child.call(every_constructor.of_other_classes, seen, names)
    for name, got in others.items():
        raise NotKept(
            f"RawValue({CType(name)}) is a {got} in the child, not an instance of its class there"
        )


@check("types.contents-are-shared-with-child", drawn=_MANY, costly=True)
def test_contents_are_shared_with_child(stage: Stage, drawn: _Drawn) -> None:
    creator = stage.creator
    made, plain, fillings = _make_all(stage, drawn)
    child = stage.start(*made)
    seen = [child(obj) for obj in made]
    there: Callable[[], object] = lambda: child.call(every_constructor.all_contents, seen)  # noqa: E731
    here: Callable[[], object] = lambda: creator.call(every_constructor.all_contents, made)  # noqa: E731
    _expect_contents(stage, fillings, plain, there, "in the child that inherited it")
    assigned = [one.assignments for one in fillings]
    creator.call(every_constructor.assign_all, plain, assigned)
    child.call(every_constructor.assign_all, seen, assigned)
    _expect_contents(stage, fillings, plain, here, "in its creator after the child assigned")
    backwards = [one[::-1] for one in assigned]
    creator.call(every_constructor.assign_all, plain, backwards)
    creator.call(every_constructor.assign_all, made, backwards)
    _expect_contents(stage, fillings, plain, there, "in the child after its creator assigned")


def _expect_contents(
    stage: Stage,
    drawn: _Drawn,
    plain: list[Handle],
    look: Callable[[], object],
    which: str,
) -> None:
    wanted = stage.creator.call(every_constructor.all_contents, plain)
    got = look()
    assert isinstance(got, list)
    for one, contents, want in zip(drawn, got, wanted, strict=True):
        for what, mine, theirs in zip(("bytes", "values"), contents, want, strict=True):
            if mine != theirs:
                raise NotKept(
                    f"RawValue of {one} has the {what} {mine} {which}, "
                    f"an ordinary object has {theirs}"
                )

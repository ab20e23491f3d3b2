"""Area `array`: arrays of structures, and arrays of arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from ...actors.objects import initializers
from ...actors.runtime import memory, parts
from ...actors.runtime import type_names as names
from ...actors.runtime.type_names import array
from ...stage.actor import Actor, actor_of
from ...stage.descriptions import Description
from ...stage.findings import OperationRaised
from ...stage.handles import Handle
from ...stage.names import CType, name_of
from ...stage.stage import Stage
from ...strategies import filling, objects, values
from ...strategies import type_names as shapes
from ...strategies.accesses import Access
from ...strategies.arrays import MAKERS
from ...strategies.filling import Filled, Path, filled, where
from ...strategies.tables import each_of
from ..kit.check import check
from ..kit.observe import attempt, expect, expect_same
from ..kit.twins import bytes_of, same_as_twin

_WHO = st.sampled_from(["creator", "child"])


def _structures(draft: shapes.Draft, depth: int) -> str:
    """Read an array of structures or unions."""
    return array(draft.one_of([2, 1, 3]), shapes.STRUCTURES(draft, depth + 1))


def _element(drawn: Filled) -> CType:
    return CType(names.read(drawn.type.name).element.name)


def _raw(maker: str, made: Handle) -> Handle:
    return made if maker == "RawArray" else made.get_obj()


def _contents(obj: Handle) -> object:
    """Return an object's contents, field by field: padding is not compared."""
    return actor_of(obj).call(memory.values_in, obj)


def _ordinary(actor: Actor, element: CType, items: Sequence[Any]) -> Handle | None:
    """Return an ordinary array with some items; None if ctypes refuses them.

    PyPy does so where the fields of an anonymous field are given by position.
    """
    try:
        plain: Handle = actor.call(CType(array(len(items), element.name)), *items)
    except OperationRaised:
        return None
    return plain


def _expect_initialized_by_tuples(stage: Stage, maker: str, drawn: Filled) -> None:
    creator, element = stage.creator, _element(drawn)
    plain = _ordinary(creator, element, drawn.args)
    if plain is None:
        return
    made = _raw(maker, getattr(creator, maker)(element, list(drawn.args)))
    what = f"the items of {maker}({element}, {list(drawn.args)})"
    expect(_contents(made), _contents(plain), what)


@check("array.tuples-initialize-structures", maker=MAKERS, drawn=filled(_structures))
def test_tuples_initialize_structures(stage: Stage, maker: str, drawn: Filled) -> None:
    _expect_initialized_by_tuples(stage, maker, drawn)


@check("array.tuples-initialize-rows", maker=MAKERS, drawn=filled(shapes.ARRAYS_OF_ARRAYS))
def test_tuples_initialize_rows(stage: Stage, maker: str, drawn: Filled) -> None:
    short = Filled(drawn.type, tuple(row[:1] for row in drawn.args), ())
    _expect_initialized_by_tuples(stage, maker, drawn)
    _expect_initialized_by_tuples(stage, maker, short)


@check(
    "array.short-tuples-zero-remaining-fields",
    drawn=filled(_structures),
    counts=st.lists(st.integers(0, 3), min_size=3, max_size=3),
)
def test_short_tuples_zero_remaining_fields(stage: Stage, drawn: Filled, counts: list[int]) -> None:
    creator, element = stage.creator, _element(drawn)
    items = [item[:count] for item, count in zip(drawn.args, counts, strict=False)]
    ordinary = _ordinary(creator, element, items)
    if ordinary is None:
        return
    plain = _contents(ordinary)
    make = stage.backend_function("Array")
    made = creator.call(initializers.on_recycled_memory, make, element, items)
    expect(_contents(made), plain, f"Array({element}, {items}) on memory that was all ones")
    # All ones are not a valid value of every type (wchar, for one), so nothing is read before.
    creator.call(memory.fill, made, b"\xff" * creator.call("ctypes.sizeof", made))
    for place, item in enumerate(items):
        made[place] = item
    what = f"an array of {element} that was all ones, after its items were assigned {items}"
    expect(_contents(made), plain, what)


@check(
    "array.refuses-long-tuples",
    maker=MAKERS,
    drawn=filled(_structures),
    more=st.integers(1, 3),
    fill=st.integers(1, 126),
)
def test_refuses_long_tuples(stage: Stage, maker: str, drawn: Filled, more: int, fill: int) -> None:
    creator, element = stage.creator, _element(drawn)
    fields = len(names.read(element.name).all_fields())
    item = (*(drawn.args[0] if drawn.args else [0] * fields), *[0] * more)
    plain = creator.call(CType(array(2, element.name)))
    made = getattr(creator, maker)(element, 2)
    raw = _raw(maker, made)
    by_constructor = attempt(lambda: creator.call(CType(array(1, element.name)), item))
    refused = attempt(lambda: _raw(maker, getattr(creator, maker)(element, [item])))
    expect_same(refused, by_constructor, f"{maker}({element}, [{item}])")
    data = bytes([fill]) * creator.call("ctypes.sizeof", raw)
    for one in (raw, plain):
        creator.call(memory.fill, one, data)
    assigned = Access("operator.setitem", (1, item))
    same_as_twin([assigned], made, raw, f"{maker}({element}, 2)", plain)
    expect(bytes_of(raw), data, f"the bytes of an array after {assigned.on('it')}")


@check(
    "array.structures-are-copied-in",
    maker=MAKERS,
    drawn=filled(_structures),
    origin=st.sampled_from(["ordinary", "RawArray", "Array"]),
    fill=st.integers(1, 126),
)
def test_structures_are_copied_in(
    stage: Stage, maker: str, drawn: Filled, origin: str, fill: int
) -> None:
    creator, element = stage.creator, _element(drawn)
    count = len(drawn.args)
    plain = _ordinary(creator, element, drawn.args)
    if plain is None:
        return
    if origin == "ordinary":
        source = plain
    else:
        source = _raw(origin, getattr(creator, origin)(element, list(drawn.args)))
    given = creator.call(name_of(initializers.BySubscript), source)
    wanted = _contents(plain)
    what = f"{maker}({element}, structures of an {origin} array with {drawn.args})"
    made = getattr(creator, maker)(element, given)
    assigned = getattr(creator, maker)(element, count)
    for place in range(count):
        assigned[place] = given[place]
    copies = {what: _raw(maker, made), f"{what}, by assignment,": _raw(maker, assigned)}
    for what, copied in copies.items():
        expect(_contents(copied), wanted, what)
    data = bytes([fill]) * creator.call("ctypes.sizeof", source)
    creator.call(memory.fill, source, data)
    for what, copied in copies.items():
        expect(_contents(copied), wanted, f"{what} after these changed")


# Views.

_VIEWED = tuple(
    Description(maker, CType(name), (3,))
    for maker in ("RawArray", "Array")
    for name in objects.STRUCTURES
)
_ROUTES = {
    "index": initializers.by_index,
    "a slice": initializers.by_slice,
    "iteration": parts.iterated,
    "reversed": parts.backwards,
}
_Write = tuple[str, int, Path, Any]


def _writes(name: str) -> st.SearchStrategy[list[_Write]]:
    assignment = st.one_of(
        [st.tuples(st.just(place.path), _value_for(place)) for place in filling.places(name)]
    )
    write = st.tuples(_WHO, st.integers(0, 2), assignment)
    return st.lists(write.map(lambda drawn: (*drawn[:2], *drawn[2])), min_size=1, max_size=5)


def _value_for(place: filling.Place) -> st.SearchStrategy[Any]:
    if place.shape.kind == "array":
        texts: list[Any] = ["", "ab", "abc"]
        return st.sampled_from(
            [text.encode() for text in texts] if place.shape.element.name == "c_char" else texts
        )
    return values.fitting(place.shape.base)


@check(
    "array.elements-are-live-views",
    drawn=st.one_of([st.tuples(st.just(one), _writes(objects.ctype_of(one))) for one in _VIEWED]),
    by_creator=each_of(_ROUTES),
    by_child=each_of(_ROUTES),
)
def test_elements_are_live_views(
    stage: Stage, drawn: tuple[Description, list[_Write]], by_creator: str, by_child: str
) -> None:
    description, writes = drawn
    routes = {"creator": by_creator, "child": by_child}
    shared = stage.pool.take(description, _VIEWED)
    views = {who: _views(shared.seen_by(who), route) for who, route in routes.items()}
    plain = stage.creator.call(CType(array(3, objects.ctype_of(description))))
    for who, place, path, value in writes:
        view = views[who][place]
        actor_of(view).call(parts.assign_at, view, path, value)
        stage.creator.call(parts.assign_at, plain, (place, *path), value)
        wanted = _contents(plain[place])
        for reader, route in routes.items():
            what = (
                f"element {place} of {description}, obtained by {route} in the {reader} before "
                f"the {who} did {where(path)} = {value!r},"
            )
            expect(_contents(views[reader][place]), wanted, what)
    expect(_contents(shared.raw), _contents(plain), f"{description} after all assignments")


def _views(obj: Handle, route: str) -> list[Handle]:
    views: list[Handle] = actor_of(obj).call(_ROUTES[route], obj)
    return views[::-1] if route == "reversed" else views


# Arrays of arrays.

_ROWS = tuple(
    Description(maker, CType(name), (2,))
    for maker in ("RawArray", "Array")
    for name in (
        array(3, "c_int"),
        array(2, "c_bool"),
        array(2, array(3, "c_short")),
        array(2, array(2, array(2, "c_double"))),
        array(2, objects.POINT),
        array(2, array(1, objects.NESTED)),
    )
)


def _row_accesses(name: str) -> st.SearchStrategy[Access]:
    whole = names.read(array(2, name))
    somewhere = [(place.path, place.shape.base) for place in filling.places(whole.name)]
    paths = [path for path, _ in somewhere]
    # Rows and parts of rows, slices of the innermost ones, and indices out of range.
    inner = sorted({path[:end] for path in paths for end in range(1, len(path) + 1)}, key=repr)
    rows = sorted({path[:end] for path in paths for end in (1, len(path) - 1)}, key=repr)
    around = [(*row, part) for row in rows for part in (slice(None), slice(None, None, -1), -1, 7)]
    return st.one_of(
        st.sampled_from([*inner, *around]).map(lambda path: Access(parts.read_at, (path,))),
        st.one_of(
            [
                st.tuples(st.just(path), values.fitting(base)).map(
                    lambda drawn: Access(parts.assign_at, drawn)
                )
                for path, base in somewhere
            ]
        ),
    )


@check(
    "array.rows-are-live-views",
    drawn=st.lists(
        st.one_of(
            [
                st.tuples(
                    st.just(one),
                    st.lists(_row_accesses(objects.ctype_of(one)), min_size=1, max_size=8),
                )
                for one in _ROWS
            ]
        ),
        min_size=1,
        max_size=4,
    ),
    who=_WHO,
)
def test_rows_are_live_views(
    stage: Stage, drawn: list[tuple[Description, list[Access]]], who: str
) -> None:
    for description, operations in drawn:
        obj, raw = _rows_of(stage, description, who)
        plain = stage.creator.call(CType(array(2, objects.ctype_of(description))))
        same_as_twin(operations, obj, raw, description, plain)


def _rows_of(stage: Stage, description: Description, who: str) -> tuple[Handle, Handle]:
    """Return an array of arrays as an actor sees it, and the raw one as the creator does.

    Only a forked child uses it: whether objects of such types can be pickled is judged elsewhere.
    """
    if stage.target.method == "fork":
        shared = stage.pool.take(description, _ROWS)
        return shared.seen_by(who), shared.raw
    made: Handle = description.create(stage.creator)
    return made, made if description.is_raw else made.get_obj()

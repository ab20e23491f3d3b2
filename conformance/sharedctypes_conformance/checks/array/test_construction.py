"""Area `array`: the sizes and initializers that arrays accept.

The ordinary ctypes array constructed from the same items is what a shared one has to equal.
"""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import strategies as st

from ...actors.objects import initializers
from ...actors.runtime.type_names import array
from ...stage.actor import Actor
from ...stage.descriptions import Description
from ...stage.findings import NotKept, Refused
from ...stage.handles import Handle
from ...stage.names import CType, Name
from ...stage.stage import Stage
from ...strategies import arrays, objects, sizes, values
from ...strategies.accesses import Access
from ...strategies.arrays import BY_PROTOCOL, MAKERS
from ...strategies.decisions import Decisions, read_from
from ...strategies.tables import each_of
from ..kit.check import check
from ..kit.makers import constructing_processes
from ..kit.observe import expect
from ..kit.twins import same_as_twin
from .making import TYPES, call_in_words, construct, expect_like_ctypes, ordinary_array

# Sized arrays.

_SIZES = st.one_of(
    st.integers(0, 40), sizes.around_powers(5, 13), st.sampled_from([511, 512, 513, 4095, 4097])
)
# Allocators take large blocks from elsewhere, and may clear them otherwise or not at all.
_LARGE = st.one_of(
    st.tuples(st.just(CType("c_ubyte")), sizes.around_powers(13, 22)),
    st.tuples(st.just(CType("c_double")), sizes.around_powers(13, 18)),
)


@check(
    "array.sized-array-is-zeroed",
    drawn=st.lists(st.tuples(st.sampled_from(TYPES), _SIZES), min_size=1, max_size=4),
    large=_LARGE,
)
def test_sized_array_is_zeroed(
    stage: Stage, drawn: list[tuple[CType, int]], large: tuple[CType, int]
) -> None:
    make = stage.backend_function("Array")
    actors = constructing_processes(stage)
    for (kind, size), (who, actor) in product([*drawn, large], actors.items()):
        made = actor.call(initializers.on_recycled_memory, make, kind, size)
        got, first = actor.call(initializers.size_and_first_nonzero, made)
        wanted = size * actor.call("ctypes.sizeof", CType(kind.name))
        what = f"{call_in_words('Array', kind, size)} in {who}, on memory that was all ones"
        expect(got, wanted, f"the number of bytes of {what}")
        if first >= 0:
            raise NotKept(f"{what} is not 0 at byte {first}")


@check(
    "array.size-may-be-int-subclass",
    maker=MAKERS,
    kind=each_of(TYPES),
    size=st.integers(0, 9),
)
def test_size_may_be_int_subclass(stage: Stage, maker: str, kind: CType, size: int) -> None:
    creator = stage.creator
    counts: dict[int, Any] = {
        size: creator.call(initializers.Count, size),
        15: Name("signal.SIGTERM"),
    }
    for length, given in counts.items():
        made = construct(creator, maker, kind, given)
        what = call_in_words(maker, kind, f"a subclass of int, {length}")
        expect(made, creator.call(CType(array(length, kind.name))), what)


# From sequences.

_SMALL = st.lists(st.integers(0, 100), max_size=9)
_RANGES = st.builds(range, st.integers(-9, 9), st.integers(-9, 100), st.sampled_from([1, 3, -2]))
_NUMBER = st.sampled_from([*map(CType, arrays.NUMBERS)])
_BUILTIN = st.one_of(
    st.tuples(st.just("range"), _RANGES),
    st.tuples(st.sampled_from(["list", "tuple"]), st.lists(values.integers, max_size=9)),
    st.tuples(st.sampled_from(["bytes", "bytearray", "memoryview"]), _SMALL),
    st.tuples(st.just("memoryview of every other"), _SMALL),
    st.tuples(
        st.just("memoryview of items"), st.tuples(_SMALL, st.sampled_from([-1, 2, -2, 1, 3, -3]))
    ),
)


def _builtin(actor: Actor, kind: CType, sort: str, items: Any) -> Any:
    if sort == "memoryview of items":
        # Of the format of the items themselves, where there is one.
        numbers, step = items
        model = actor.call("array.array", arrays.CODES.get(kind.name, "b"), numbers)
        return actor.call("builtins.memoryview", model)[::step]
    if sort.startswith("memoryview"):
        view = actor.call("builtins.memoryview", bytes(items))
        return view if sort == "memoryview" else view[::2]
    kinds = {"list": list, "tuple": tuple, "range": range, "bytes": bytes, "bytearray": bytearray}
    return items if sort == "range" else kinds[sort](items)


@check(
    "array.takes-builtin-sequences",
    maker=MAKERS,
    drawn=st.lists(st.tuples(_NUMBER, _BUILTIN), min_size=1, max_size=4),
)
def test_takes_builtin_sequences(stage: Stage, maker: str, drawn: list[tuple[Any, Any]]) -> None:
    creator = stage.creator
    expect_like_ctypes(stage, "builtin", *arrays.NUMBERS)
    for kind, (sort, items) in drawn:
        # A float type takes integers as they are, as far as its own limits go.
        given = _builtin(creator, kind, sort, items)
        made = construct(creator, maker, kind, given)
        if sort == "memoryview of items":
            wanted = items[0][:: items[1]]
        else:
            wanted = list(items)[::2] if sort.endswith("other") else list(items)
        what = call_in_words(maker, kind, f"{sort} of {items}")
        expect(made, ordinary_array(creator, kind, wanted), what)


_ARRAYS = st.sampled_from(["array.array", "ctypes", "RawArray", "Array"])


def _array(actor: Actor, sort: str, kind: CType, items: list[Any]) -> Handle:
    """Return an array of the given sort, holding the items as the ctypes type converts them."""
    plain = ordinary_array(actor, kind, items)
    if sort == "ctypes":
        return plain
    taken = plain[:]
    if sort == "array.array":
        made: Handle = actor.call("array.array", arrays.CODES.get(kind.name, "b"), taken)
        return made
    source: Handle = getattr(actor, sort)(kind, taken)
    return source


@check(
    "array.takes-arrays",
    maker=MAKERS,
    drawn=st.lists(
        st.tuples(_NUMBER, _ARRAYS, st.lists(values.integers, max_size=9)), min_size=1, max_size=4
    ),
)
def test_takes_arrays(stage: Stage, maker: str, drawn: list[tuple[Any, str, list[int]]]) -> None:
    creator = stage.creator
    expect_like_ctypes(stage, "arrays", *arrays.NUMBERS)
    for kind, sort, items in drawn:
        source = _array(creator, sort, kind, items)
        what = call_in_words(maker, kind, f"{sort} of {items}")
        expect(construct(creator, maker, kind, source), ordinary_array(creator, kind, items), what)


_BY_NAME = {name: name for name in values.SIMPLE_TYPES}


@check(
    "array.takes-duck-typed-sequences",
    maker=MAKERS,
    drawn=st.lists(
        st.tuples(st.sampled_from(BY_PROTOCOL), values.typed_items(_BY_NAME)),
        min_size=1,
        max_size=3,
    ),
)
def test_takes_duck_typed_sequences(
    stage: Stage, maker: str, drawn: list[tuple[Name, Any]]
) -> None:
    creator = stage.creator
    expect_like_ctypes(stage, "derived", *values.SIMPLE_TYPES, objects.POINT)
    for sort, (name, items) in drawn:
        kind = CType(name)
        source = creator.call(sort, items)
        what = call_in_words(maker, kind, f"{sort}({items})")
        expect(construct(creator, maker, kind, source), ordinary_array(creator, kind, items), what)
        expect(creator.call("builtins.list", source), items, f"the initializer after {what}")


@check(
    "array.is-independent-of-its-initializer",
    maker=MAKERS,
    kind=_NUMBER,
    sort=each_of(["array.array", "ctypes", "RawArray", "Array", "memoryview"]),
    items=st.lists(st.integers(0, 1), min_size=1, max_size=9),
    writes=st.lists(st.tuples(st.booleans(), st.integers(0, 8)), min_size=1, max_size=5),
)
def test_is_independent_of_its_initializer(
    stage: Stage,
    maker: str,
    kind: CType,
    sort: str,
    items: list[int],
    writes: list[tuple[bool, int]],
) -> None:
    creator = stage.creator
    if sort == "memoryview":
        source = creator.call("builtins.memoryview", bytearray(items))
    else:
        source = _array(creator, sort, kind, items)
    made = getattr(creator, maker)(kind, source)
    for to_source, place in writes:
        written, other = (source, made) if to_source else (made, source)
        before = list(other)
        index = place % len(items)
        written[index] = 1 - written[index]
        what = "the array after its initializer" if to_source else "the initializer after its array"
        what = f"{what} was written, {call_in_words(maker, kind, f'{sort} of {items}')}"
        expect(list(other), before, what)


# Empty arrays.

_EMPTY = tuple(
    Description(maker, kind, ((0, (), b"", range(0))[(place + more) % 4],))
    for more, maker in enumerate(["RawArray", "Array"])
    for place, kind in enumerate(TYPES[:-2])
)
_USES = (arrays.items, arrays.slices, arrays.uses_as_a_sequence)


def _read_uses(decisions: Decisions) -> list[Access]:
    """Read operations on an array without elements, whatever its element type."""
    count = decisions.one_of(range(1, 6))
    return [decisions.one_of(_USES)(decisions, "c_int", 0) for _ in range(count)]


def _read_empty(decisions: Decisions) -> list[tuple[Description, list[Access]]]:
    count = decisions.one_of(range(1, 5))
    return [(decisions.one_of(_EMPTY), _read_uses(decisions)) for _ in range(count)]


@check(
    "array.empty-arrays-work",
    drawn=read_from(_read_empty, 200),
    who=st.sampled_from(["creator", "child"]),
)
def test_empty_arrays_work(
    stage: Stage, drawn: list[tuple[Description, list[Access]]], who: str
) -> None:
    for description, operations in drawn:
        try:
            shared = stage.pool.take(description, _EMPTY)
        except Refused as refused:
            raise NotKept(f"{description} was refused: {refused}") from None
        plain = stage.creator.call(CType(array(0, objects.ctype_of(description))))
        expect(shared.raw, plain, f"{description}")
        seen = shared.seen_by(who)
        same_as_twin(operations, seen, shared.raw, description, plain)

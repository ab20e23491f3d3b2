"""Area `array`: the initializers that arrays accept, and those that they refuse.

The ordinary ctypes array constructed from the same items is what a shared one has to equal.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import product
from typing import Any

from hypothesis import strategies as st

from ...actors.objects import every_sequence, initializers
from ...actors.runtime import memory
from ...actors.runtime.type_names import array
from ...actors.system import resources
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
from ..kit.check import check
from ..kit.makers import constructing_processes
from ..kit.observe import Outcome, attempt, expect, expect_raises, expect_same
from ..kit.twins import bytes_of, same_as_twin

# No typecodes: another area judges, once, that all of them are accepted.
_TYPES = tuple(
    map(
        CType,
        (
            *values.SIMPLE_TYPES,
            *objects.STRUCTURES,
            objects.DERIVED,
            array(3, "c_int"),
            array(2, objects.POINT),
        ),
    )
)


def _expect_like_ctypes(stage: Stage, sort: str, *names: str) -> None:
    """Expect that arrays of all types are the same as ordinary ones, from sequences of a sort."""

    def look() -> None:
        makers = {name: stage.backend_function(name) for name in ("RawArray", "Array")}
        types = list(map(CType, names))
        found = stage.creator.call(every_sequence.unlike_ctypes, makers, types, sort)
        for call, got, wanted in found[:1]:
            raise NotKept(f"{call} made {got}, should make {wanted}")

    stage.once(("sequences", sort), look)


def _shown(maker: str, kind: CType, init: object) -> str:
    return f"{maker}({kind}, {init})"


def _make(actor: Actor, maker: str, kind: CType, init: Any) -> Handle:
    """Return the raw array that a call of the constructor `maker` creates."""
    made: Handle = getattr(actor, maker)(kind, init)
    return made if maker == "RawArray" else made.get_obj()


def _plain(actor: Actor, kind: CType, items: list[Any]) -> Handle:
    """Return the ordinary ctypes array with these items."""
    made: Handle = actor.call(CType(array(len(items), kind.name)), *items)
    return made


def _attempt_call(function: Callable[..., Any], *args: Any) -> Outcome:
    return attempt(partial(function, *args))


def _expect_next_array_works(actor: Actor, maker: str, kind: CType, after: str) -> None:
    """Expect that an array constructed after a refusal is as it should be."""
    made = _make(actor, maker, kind, 3)
    expect(made, actor.call(CType(array(3, kind.name))), f"{_shown(maker, kind, 3)} after {after}")


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
    drawn=st.lists(st.tuples(st.sampled_from(_TYPES), _SIZES), min_size=1, max_size=4),
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
        what = f"{_shown('Array', kind, size)} in {who}, on memory that was all ones"
        expect(got, wanted, f"the number of bytes of {what}")
        if first >= 0:
            raise NotKept(f"{what} is not 0 at byte {first}")


@check(
    "array.size-may-be-int-subclass",
    maker=MAKERS,
    kind=st.sampled_from(_TYPES),
    size=st.integers(0, 9),
)
def test_size_may_be_int_subclass(stage: Stage, maker: str, kind: CType, size: int) -> None:
    creator = stage.creator
    counts: dict[int, Any] = {
        size: creator.call(initializers.Count, size),
        15: Name("signal.SIGTERM"),
    }
    for length, given in counts.items():
        made = _make(creator, maker, kind, given)
        what = _shown(maker, kind, f"a subclass of int, {length}")
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
    _expect_like_ctypes(stage, "builtin", *arrays.NUMBERS)
    for kind, (sort, items) in drawn:
        # A float type takes integers as they are, as far as its own limits go.
        given = _builtin(creator, kind, sort, items)
        made = _make(creator, maker, kind, given)
        if sort == "memoryview of items":
            wanted = items[0][:: items[1]]
        else:
            wanted = list(items)[::2] if sort.endswith("other") else list(items)
        what = _shown(maker, kind, f"{sort} of {items}")
        expect(made, _plain(creator, kind, wanted), what)


_ARRAYS = st.sampled_from(["array.array", "ctypes", "RawArray", "Array"])


def _array(actor: Actor, sort: str, kind: CType, items: list[Any]) -> Handle:
    """Return an array of the given sort, holding the items as the ctypes type converts them."""
    plain = _plain(actor, kind, items)
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
    _expect_like_ctypes(stage, "arrays", *arrays.NUMBERS)
    for kind, sort, items in drawn:
        source = _array(creator, sort, kind, items)
        what = _shown(maker, kind, f"{sort} of {items}")
        expect(_make(creator, maker, kind, source), _plain(creator, kind, items), what)


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
    _expect_like_ctypes(stage, "derived", *values.SIMPLE_TYPES, objects.POINT)
    for sort, (name, items) in drawn:
        kind = CType(name)
        source = creator.call(sort, items)
        what = _shown(maker, kind, f"{sort}({items})")
        expect(_make(creator, maker, kind, source), _plain(creator, kind, items), what)
        expect(creator.call("builtins.list", source), items, f"the initializer after {what}")


@check(
    "array.is-independent-of-its-initializer",
    maker=MAKERS,
    kind=_NUMBER,
    sort=st.sampled_from(["array.array", "ctypes", "RawArray", "Array", "memoryview"]),
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
        what = f"{what} was written, {_shown(maker, kind, f'{sort} of {items}')}"
        expect(list(other), before, what)


# Refusals.


_NO_INITIALIZERS = (
    *(None, 0.0, 1.0, 2.5, float("nan"), float("inf"), 1j),
    *map(Name, ("builtins.int", "builtins.len", "builtins.Ellipsis", "ctypes")),
    slice(3),
)


@check(
    "array.refuses-non-sequence-initializers",
    maker=MAKERS,
    kind=st.sampled_from(_TYPES),
    given=st.lists(st.sampled_from(_NO_INITIALIZERS), min_size=3, max_size=5),
    iterated=st.sampled_from(["builtins.iter", "builtins.reversed", "builtins.enumerate"]),
)
def test_refuses_non_sequence_initializers(
    stage: Stage, maker: str, kind: CType, given: list[Any], iterated: str
) -> None:
    creator = stage.creator
    iterator = creator.call(iterated, [1, 2])
    for one in [*given, iterator]:
        what = _shown(maker, kind, f"{iterated}([1, 2])" if one is iterator else one)
        expect_raises(partial(_make, creator, maker, kind, one), what, "TypeError")
        _expect_next_array_works(creator, maker, kind, what)


@check(
    "array.refuses-items-that-ctypes-refuses",
    maker=MAKERS,
    drawn=st.lists(
        st.sampled_from(_TYPES).flatmap(
            lambda kind: st.tuples(
                st.just(kind), st.lists(_item(kind.name), min_size=1, max_size=4)
            )
        ),
        min_size=1,
        max_size=3,
    ),
)
def test_refuses_items_that_ctypes_refuses(
    stage: Stage, maker: str, drawn: list[tuple[Any, list[Any]]]
) -> None:
    creator = stage.creator
    for kind, items in drawn:
        what = _shown(maker, kind, items)
        wanted = _attempt_call(_plain, creator, kind, items)
        expect_same(_attempt_call(_make, creator, maker, kind, items), wanted, what)
        if wanted.how == "raised":
            _expect_next_array_works(creator, maker, kind, what)


def _item(name: str) -> st.SearchStrategy[Any]:
    if name in values.SIMPLE_TYPES:
        return values.any_for(name)
    return st.one_of(values.misfits, st.tuples(values.misfits, values.integers))


_NEGATIVE = (*range(-9, 0), -(2**31), -(2**31) - 1, -(2**63), -(2**63) - 1, -(2**70))


@check(
    "array.refuses-negative-sizes",
    maker=MAKERS,
    drawn=st.lists(
        st.tuples(st.sampled_from(_TYPES), st.sampled_from(_NEGATIVE)), min_size=1, max_size=4
    ),
)
def test_refuses_negative_sizes(stage: Stage, maker: str, drawn: list[tuple[Any, int]]) -> None:
    creator = stage.creator
    for kind, size in drawn:
        what = _shown(maker, kind, size)
        plain = _attempt_call(creator.call, memory.array_type, CType(kind.name), size)
        allowed = dict.fromkeys(("ValueError", f"{plain.what}"))
        expect_raises(partial(_make, creator, maker, kind, size), what, *allowed)
        _expect_next_array_works(creator, maker, kind, what)


_OVERSIZED = (2**58, 2**61, 2**62, 2**62 + 1, 2**63 - 1, 2**63, 2**64, 2**64 + 2, 2**70)
# More descriptors than the next array may need for itself.
_TIMES = 5


@check(
    "array.oversized-arrays-fail-cleanly",
    costly=True,
    maker=MAKERS,
    kind=st.sampled_from(_TYPES),
)
def test_oversized_arrays_fail_cleanly(stage: Stage, maker: str, kind: CType) -> None:
    # All sizes in each example: which of them a backend gets wrong must not be a matter of luck.
    for size in _OVERSIZED:
        _expect_clean_refusal(stage, maker, kind, size)


def _expect_clean_refusal(stage: Stage, maker: str, kind: CType, size: int) -> None:
    creator = stage.creator
    before = _make(creator, maker, kind, 3)
    contents = creator.call("ctypes.sizeof", before) * b"\1"
    creator.call(memory.fill, before, contents)
    descriptors = creator.call(resources.descriptors)
    what = _shown(maker, kind, size)
    make = stage.backend_function(maker)
    for raised in creator.call(initializers.refusals, make, kind, size, _TIMES):
        if not {"OverflowError", "MemoryError", "OSError", "ValueError"} & set(raised):
            outcome = f"raised {raised[0]}" if raised else "returned an array"
            allowed = "OverflowError, MemoryError, OSError or ValueError"
            raise NotKept(f"{what} {outcome}, should raise {allowed}")
    expect(bytes_of(before), contents, f"the bytes of an array constructed before {what}")
    _expect_next_array_works(creator, maker, kind, what)
    creator.call("gc.collect")
    open_now = creator.call(resources.descriptors)
    if descriptors is not None and open_now is not None and open_now - descriptors >= _TIMES:
        leaked = open_now - descriptors
        raise NotKept(f"{what}, refused {_TIMES} times, leaked {leaked} file descriptors")


# Empty arrays.

_EMPTY = tuple(
    Description(maker, kind, ((0, (), b"", range(0))[(place + more) % 4],))
    for more, maker in enumerate(["RawArray", "Array"])
    for place, kind in enumerate(_TYPES[:-2])
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

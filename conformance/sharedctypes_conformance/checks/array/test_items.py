"""Area `array`: items and slices of raw arrays, and arrays as a whole.

Each operation on a raw array is carried out on an ordinary ctypes array too, and has to have the
same effect.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ...actors.objects import every_sequence, initializers
from ...stage.actor import actor_of
from ...stage.descriptions import Description
from ...stage.findings import NotKept
from ...stage.handles import Handle, invoke
from ...stage.names import CType
from ...stage.stage import Stage
from ...strategies import arrays, members, values
from ...strategies.accesses import set_item
from ...strategies.arrays import accessed
from ...strategies.tables import each_of
from ..kit.check import check
from ..kit.observe import expect
from ..kit.programs import run_program
from ..kit.twins import same_as_twin

_WHO = st.sampled_from(["creator", "child"])
_ALL = arrays.OF_NUMBERS_AND_STRUCTURES


def _compare(stage: Stage, drawn: arrays.Accessed, who: str, wrapped: bool = False) -> None:
    """Expect that accesses to arrays do what they do to an ordinary array of the same type.

    They go to the raw array itself; to its wrapper, where `wrapped` is true.
    """
    for description, operations in drawn:
        shared = stage.pool.take(description, _ALL)
        plain = stage.creator.call(arrays.whole_type(description))
        seen = shared.seen_by(who)
        obj = seen if wrapped else _raw(description, seen)
        shown = f"{description}" if obj is seen else f"{description}.get_obj()"
        same_as_twin(operations, obj, shared.raw, shown, plain)


def _raw(description: Description, obj: Handle) -> Handle:
    return obj if description.is_raw else invoke(obj, "get_obj")


@check("array.item-access-matches-ctypes", drawn=accessed(_ALL, arrays.items), who=_WHO)
def test_item_access_matches_ctypes(stage: Stage, drawn: arrays.Accessed, who: str) -> None:
    _compare(stage, drawn, who)


@check("array.slicing-matches-ctypes", drawn=accessed(_ALL, arrays.slices), who=_WHO)
def test_slicing_matches_ctypes(stage: Stage, drawn: arrays.Accessed, who: str) -> None:
    _compare(stage, drawn, who)


@check(
    "array.slice-assignment-keeps-length", drawn=accessed(_ALL, arrays.misfitting_slices), who=_WHO
)
def test_slice_assignment_keeps_length(stage: Stage, drawn: arrays.Accessed, who: str) -> None:
    _compare(stage, drawn, who)


@check(
    "array.slice-assignment-takes-any-sequence",
    drawn=accessed(arrays.OF_NUMBERS, arrays.slices_from_sequences),
    who=_WHO,
)
def test_slice_assignment_takes_any_sequence(
    stage: Stage, drawn: arrays.Accessed, who: str
) -> None:
    stage.once("assigned sequences", lambda: _expect_assigned_like_ctypes(stage))
    _compare(stage, drawn, who)


def _expect_assigned_like_ctypes(stage: Stage) -> None:
    makers = {name: stage.backend_function(name) for name in ("RawArray", "Array")}
    types = list(map(CType, arrays.NUMBERS))
    for sort in every_sequence.SORTS:
        found = stage.creator.call(every_sequence.assigned_unlike_ctypes, makers, types, sort)
        for call, got, wanted in found[:1]:
            raise NotKept(f"{call} left {got}, should leave {wanted}")


@check(
    "array.supports-sequence-operations",
    drawn=accessed(arrays.OF_NUMBERS, arrays.uses_as_a_sequence),
    who=_WHO,
)
def test_supports_sequence_operations(stage: Stage, drawn: arrays.Accessed, who: str) -> None:
    _compare(stage, drawn, who, wrapped=True)


@check("array.refused-items-change-nothing", drawn=accessed(_ALL, arrays.refused_items), who=_WHO)
def test_refused_items_change_nothing(stage: Stage, drawn: arrays.Accessed, who: str) -> None:
    _compare(stage, drawn, who)


# The types of items.

_TYPES = {
    "c_bool": "bool",
    "c_char": "bytes",
    "c_wchar": "str",
    **dict.fromkeys(values.INTEGERS, "int"),
    **dict.fromkeys(values.FLOATS, "float"),
}


@check(
    "array.items-convert-to-python-types",
    drawn=st.lists(
        st.one_of(
            [
                st.tuples(st.just(one), values.fitting(arrays.item_type(one)))
                for one in arrays.OF_SIMPLE_ITEMS
            ]
        ),
        min_size=1,
        max_size=6,
    ),
    who=_WHO,
)
def test_items_convert_to_python_types(
    stage: Stage, drawn: list[tuple[Description, Any]], who: str
) -> None:
    for description, item in drawn:
        shared = stage.pool.take(description, arrays.OF_SIMPLE_ITEMS)
        fill = set_item(slice(None), [item] * members.length_of(description))
        if arrays.item_type(description) not in ("c_char", "c_wchar"):
            fill.carry_out(shared.raw)
        seen = shared.seen_by(who)
        got = actor_of(seen).call(initializers.types_of_items, seen)
        wanted = _TYPES[arrays.item_type(description)]
        part = wanted if wanted in ("bytes", "str") else "list"
        what = f"the classes of a slice and the items of {description}, holding {item!r},"
        expect(got, [part, wanted], what)


_SLICED = tuple(
    Description(maker, CType(name), (range(1, 7),))
    for maker in ("RawArray", "Array")
    for name in arrays.NUMBERS[1:]
)


@check(
    "array.slices-are-copies",
    description=each_of(_SLICED),
    part=members.slices(6).filter(lambda part: part.step != 0 and range(6)[part]),
    readers=_WHO,
    writers=st.lists(_WHO, min_size=1, max_size=3),
)
def test_slices_are_copies(
    stage: Stage, description: Description, part: slice, readers: str, writers: list[str]
) -> None:
    shared = stage.pool.take(description, _SLICED)
    seen = shared.seen_by(readers)
    snapshot = actor_of(seen).call(initializers.Snapshot, seen, part)
    items = list(snapshot.now())
    for turn, who in enumerate(writers):
        writer = shared.seen_by(who)
        actor_of(writer).call(initializers.put_at, writer, dict.fromkeys(range(6), 90 + turn))
    what = f"the items of a slice of {description}, {part}, after the array was written"
    expect(snapshot.now(), items, what)
    before = shared.raw[:]
    snapshot.overwrite(77)
    expect(shared.raw[:], before, f"the items of {description} after its slice {part} was written")


# Large arrays, and a whole program.

_LARGE: tuple[Description, ...] = (
    Description("RawArray", CType("c_ubyte"), (2 * 2**20 + 5,)),
    Description("Array", CType("c_double"), (100_000,)),
    Description("Array", CType("c_int"), (range(60_000),)),
    Description("RawArray", CType("c_longlong"), (range(-1000, 50_000),)),
)


@check(
    "array.large-arrays-are-fully-shared",
    costly=True,
    places=st.lists(st.integers(0, 2**20), min_size=1, max_size=30),
)
def test_large_arrays_are_fully_shared(stage: Stage, places: list[int]) -> None:
    creator = stage.creator
    made = [one.create(creator) for one in _LARGE]
    child = stage.start(*made)
    for description, obj in zip(_LARGE, made, strict=True):
        length = members.length_of(description)
        # Where something is not shared, it is likely to begin or end at a page boundary.
        chosen = {0, length - 1, *(place % length for place in (*places, 511, 512, 4095, 4096))}
        for turn, (here, there) in enumerate([(obj, child(obj)), (child(obj), obj)], 1):
            items = {place: (place + turn) % 128 for place in chosen}
            actor_of(here).call(initializers.put_at, here, items)
            got = actor_of(there).call(initializers.items_at, there, list(items))
            who = "the child" if turn == 1 else "the creator"
            kind = float if arrays.item_type(description) == "c_double" else int
            wanted = [kind(item) for item in items.values()]
            what = f"the items of {description} at {list(items)}, read by {who},"
            expect(got, wanted, what)
            mine, its = _fingerprint(description, obj), _fingerprint(description, child(obj))
            expect(its, mine, f"the checksum of all bytes of {description} in the child")


def _fingerprint(description: Description, obj: Handle) -> int:
    checksum: int = actor_of(obj).call(initializers.fingerprint, _raw(description, obj))
    return checksum


@check("array.introduction-example-prints-its-results")
def test_introduction_example_prints_its_results(stage: Stage) -> None:
    wanted = ["3.1415927", "[0, -1, -2, -3, -4, -5, -6, -7, -8, -9]"]
    printed, _ = run_program(stage, "introduction", takes=("Value", "Array"), wanted=wanted)
    expect(printed, wanted, "the output of the introduction's example")

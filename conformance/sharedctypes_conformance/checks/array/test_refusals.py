"""Area `array`: initializers and sizes that are refused."""

from __future__ import annotations

from functools import partial
from typing import Any

from hypothesis import strategies as st

from ...actors.objects import initializers
from ...actors.runtime import memory
from ...actors.system import resources
from ...stage.findings import NotKept
from ...stage.names import CType, Name
from ...stage.stage import Stage
from ...strategies import values
from ...strategies.arrays import MAKERS
from ...strategies.tables import each_of
from ..kit.check import check
from ..kit.observe import expect, expect_raises, expect_same
from ..kit.twins import bytes_of
from .making import (
    TYPES,
    call_in_words,
    construct,
    expect_next_array_works,
    ordinary_array,
    outcome_of_call,
)

_NO_INITIALIZERS = (
    *(None, 0.0, 1.0, 2.5, float("nan"), float("inf"), 1j),
    *map(Name, ("builtins.int", "builtins.len", "builtins.Ellipsis", "ctypes")),
    slice(3),
)


@check(
    "array.refuses-non-sequence-initializers",
    maker=MAKERS,
    kind=each_of(TYPES),
    given=st.lists(st.sampled_from(_NO_INITIALIZERS), min_size=3, max_size=5),
    iterated=st.sampled_from(["builtins.iter", "builtins.reversed", "builtins.enumerate"]),
)
def test_refuses_non_sequence_initializers(
    stage: Stage, maker: str, kind: CType, given: list[Any], iterated: str
) -> None:
    creator = stage.creator
    iterator = creator.call(iterated, [1, 2])
    for one in [*given, iterator]:
        what = call_in_words(maker, kind, f"{iterated}([1, 2])" if one is iterator else one)
        expect_raises(partial(construct, creator, maker, kind, one), what, "TypeError")
        expect_next_array_works(creator, maker, kind, what)


@check(
    "array.refuses-items-that-ctypes-refuses",
    maker=MAKERS,
    drawn=st.lists(
        st.sampled_from(TYPES).flatmap(
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
        what = call_in_words(maker, kind, items)
        wanted = outcome_of_call(ordinary_array, creator, kind, items)
        expect_same(outcome_of_call(construct, creator, maker, kind, items), wanted, what)
        if wanted.how == "raised":
            expect_next_array_works(creator, maker, kind, what)


def _item(name: str) -> st.SearchStrategy[Any]:
    if name in values.SIMPLE_TYPES:
        return values.any_for(name)
    return st.one_of(values.misfits, st.tuples(values.misfits, values.integers))


_NEGATIVE = (*range(-9, 0), -(2**31), -(2**31) - 1, -(2**63), -(2**63) - 1, -(2**70))


@check(
    "array.refuses-negative-sizes",
    maker=MAKERS,
    drawn=st.lists(
        st.tuples(st.sampled_from(TYPES), st.sampled_from(_NEGATIVE)), min_size=1, max_size=4
    ),
)
def test_refuses_negative_sizes(stage: Stage, maker: str, drawn: list[tuple[Any, int]]) -> None:
    creator = stage.creator
    for kind, size in drawn:
        what = call_in_words(maker, kind, size)
        plain = outcome_of_call(creator.call, memory.array_type, CType(kind.name), size)
        allowed = dict.fromkeys(("ValueError", f"{plain.what}"))
        expect_raises(partial(construct, creator, maker, kind, size), what, *allowed)
        expect_next_array_works(creator, maker, kind, what)


_OVERSIZED = (2**58, 2**61, 2**62, 2**62 + 1, 2**63 - 1, 2**63, 2**64, 2**64 + 2, 2**70)
# More descriptors than the next array may need for itself.
_TIMES = 5


@check(
    "array.oversized-arrays-fail-cleanly",
    costly=True,
    maker=MAKERS,
    kind=st.sampled_from(TYPES),
)
def test_oversized_arrays_fail_cleanly(stage: Stage, maker: str, kind: CType) -> None:
    # All sizes in each example: which of them a backend gets wrong must not be a matter of luck.
    for size in _OVERSIZED:
        _expect_clean_refusal(stage, maker, kind, size)


def _expect_clean_refusal(stage: Stage, maker: str, kind: CType, size: int) -> None:
    creator = stage.creator
    before = construct(creator, maker, kind, 3)
    contents = creator.call("ctypes.sizeof", before) * b"\1"
    creator.call(memory.fill, before, contents)
    descriptors = creator.call(resources.descriptors)
    what = call_in_words(maker, kind, size)
    make = stage.backend_function(maker)
    for raised in creator.call(initializers.refusals, make, kind, size, _TIMES):
        if not {"OverflowError", "MemoryError", "OSError", "ValueError"} & set(raised):
            outcome = f"raised {raised[0]}" if raised else "returned an array"
            allowed = "OverflowError, MemoryError, OSError or ValueError"
            raise NotKept(f"{what} {outcome}, should raise {allowed}")
    expect(bytes_of(before), contents, f"the bytes of an array constructed before {what}")
    expect_next_array_works(creator, maker, kind, what)
    creator.call("gc.collect")
    open_now = creator.call(resources.descriptors)
    if descriptors is not None and open_now is not None and open_now - descriptors >= _TIMES:
        leaked = open_now - descriptors
        raise NotKept(f"{what}, refused {_TIMES} times, leaked {leaked} file descriptors")

"""Area `array`: what is recorded of arrays, because the documentation leaves it open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...actors.objects import initializers
from ...actors.runtime import calls
from ...stage.handles import Handle
from ...stage.names import CType, Name
from ...stage.stage import Stage
from ...strategies import objects
from ..kit.check import observation
from ..kit.observe import attempt

_RAW_AND_WRAPPED = ("RawArray", "Array")


def _outcome(operation: Callable[[], Any]) -> str:
    return str(attempt(operation))


def _items(stage: Stage, init: Any) -> str:
    """Return the items of an array that is made from something, or what was raised."""
    return _outcome(lambda: list(stage.creator.RawArray("i", init)))


@observation("array.of-sized-iterables")
def test_sized_iterables(stage: Stage) -> dict[str, str]:
    call = stage.creator.call
    numbers = [5]
    return {
        "set": _items(stage, call("builtins.set", numbers)),
        "frozenset": _items(stage, call("builtins.frozenset", numbers)),
        "dict": _items(stage, {5: 6}),
        "dict with 1.5": _items(stage, {1.5: 6}),
    }


@observation("array.of-iterators")
def test_iterators(stage: Stage) -> dict[str, str]:
    call = stage.creator.call
    return {
        "iterator": _items(stage, call("builtins.iter", [5, 6])),
        "generator": _items(stage, call(initializers.generator, [5, 6])),
        "map": _items(stage, call("builtins.map", Name("operator.neg"), [5, 6])),
    }


@observation("array.of-bool")
def test_bool(stage: Stage) -> dict[str, str]:
    return {str(size): _items(stage, size) for size in (True, False)}


@observation("array.of-index-objects")
def test_index_objects(stage: Stage) -> str:
    return _items(stage, stage.creator.call(initializers.Index, 3))


@observation("array.of-lying-lengths")
def test_lying_lengths(stage: Stage) -> dict[str, str]:
    call = stage.creator.call
    make = stage.backend_function("RawArray")

    def items(said: int) -> str:
        lying = call(initializers.Lying, [1, 2, 3], said)
        return _outcome(lambda: list(call(initializers.on_used_memory, make, "i", lying)))

    return {f"3 items that say {said}": items(said) for said in (5, 2)}


@observation("array.deletion")
def test_deletion(stage: Stage) -> dict[str, list[str]]:
    def deleted(maker: str, index: int | slice) -> str:
        made = getattr(stage.creator, maker)("i", [1, 2, 3])
        return _outcome(lambda: stage.creator.call("operator.delitem", made, index))

    return {maker: [deleted(maker, 0), deleted(maker, slice(2))] for maker in _RAW_AND_WRAPPED}


@observation("array.after-a-failed-slice-assignment")
def test_failed_slice_assignment(stage: Stage) -> dict[str, list[int]]:
    def left(maker: str) -> list[int]:
        made = getattr(stage.creator, maker)("i", [1, 2, 3])
        attempt(lambda: stage.creator.call("operator.setitem", made, slice(None), [7, 8, None]))
        items: list[int] = made[:]
        return items

    return {maker: left(maker) for maker in _RAW_AND_WRAPPED}


@observation("array.elements-are-new-objects")
def test_new_objects(stage: Stage) -> dict[str, bool]:
    def same(made: Handle) -> bool:
        one: bool = stage.creator.call(calls.is_same, made[0], made[0])
        return one

    point = CType(objects.POINT)
    return {maker: not same(getattr(stage.creator, maker)(point, 2)) for maker in _RAW_AND_WRAPPED}


@observation("array.as-abstract-sequence")
def test_abstract_sequence(stage: Stage) -> dict[str, dict[str, str]]:
    call = stage.creator.call

    def observed(maker: str) -> dict[str, str]:
        one, other = (getattr(stage.creator, maker)("i", [1, 2]) for _ in range(2))
        abstract = Name("collections.abc.Sequence")
        return {
            "isinstance": _outcome(lambda: call("builtins.isinstance", one, abstract)),
            "==": _outcome(lambda: call("operator.eq", one, other)),
            "+": _outcome(lambda: call("operator.add", one, other)),
            "*": _outcome(lambda: call("operator.mul", one, 2)),
        }

    return {maker: observed(maker) for maker in _RAW_AND_WRAPPED}


@observation("array.ctypes-attributes-of-the-wrapper")
def test_ctypes_attributes(stage: Stage) -> dict[str, str]:
    wrapper = stage.creator.Array("i", 3)

    def given(name: str) -> str:
        # A type is no data, and is told by its own name.
        return _outcome(lambda: stage.creator.call("builtins.repr", getattr(wrapper, name)))

    return {name: given(name) for name in ("_length_", "_type_", "value")}

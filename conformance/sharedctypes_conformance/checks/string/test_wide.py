"""Area `string`: what wide arrays hold, and `value` of wrappers that are not strings."""

from __future__ import annotations

from functools import partial
from typing import Any

from hypothesis import strategies as st

from ...actors.objects import char_arrays
from ...stage.descriptions import Description
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.pool import Shared
from ...stage.stage import Stage
from ...strategies import members, strings, values
from ...strategies.accesses import Access, get_attribute, get_item, set_attribute, set_item
from ...strategies.strings import WIDES
from ..kit.check import check, observation
from ..kit.observe import attempt
from ..kit.twins import bytes_of, each_same_as_twin
from ..kit.views import VIEWS, seen

_Drawn = list[tuple[Description, str, list[Access]]]


def _filled(operations: Any) -> st.SearchStrategy[_Drawn]:
    """Return wide arrays with their contents and a few operations."""
    choices = []
    for one in WIDES:
        length = strings.length_of(one)
        # Long ones hold a short text repeated: drawing each character would take too long.
        held = strings.wide_texts(min(1, length), min(8, length))
        few = st.lists(operations(length), min_size=1, max_size=4)
        choices.append(st.builds(_with_enough, st.just(one), st.just(length), held, few))
    return st.lists(st.one_of(choices), min_size=1, max_size=2)


def _with_enough(
    description: Description, length: int, text: str, operations: list[Access]
) -> tuple[Description, str, list[Access]]:
    return description, (text * length)[:length], operations


def _hold(stage: Stage, description: Description, held: str) -> tuple[Shared, Handle]:
    """Return a shared array and an ordinary one, both filled with a text."""
    creator = stage.creator
    shared = stage.pool.take(description, WIDES)
    plain = creator.call(char_arrays.array_of, CType("c_wchar"), len(held))
    whole = set_item(slice(None), held)
    for obj in (shared.raw, plain):
        whole.carry_out(obj)
    return shared, plain


def _wide_texts(length: int) -> st.SearchStrategy[str]:
    """Return texts, some of exactly the length and some one longer."""
    some = strings.wide_texts(0, 6)
    return st.one_of(
        some.map(lambda text: text[:length]),
        some.map(lambda text: (text + "x" * length)[:length]),
        some.map(lambda text: (text + "\U0001f600" * length)[: length + 1]),
    )


_NON_TEXT: st.SearchStrategy[Any] = st.sampled_from([b"", b"ab", None, 5, [], ("a",), 1.5])


@check(
    "string.wide-value-is-text",
    drawn=_filled(
        lambda length: st.one_of(
            st.just(get_attribute("value")),
            st.builds(set_attribute, st.just("value"), _wide_texts(length)),
            st.builds(set_attribute, st.just("value"), _NON_TEXT),
        )
    ),
    who=st.sampled_from(["creator", "child"]),
)
def test_wide_value_is_text(stage: Stage, drawn: _Drawn, who: str) -> None:
    for description, held, operations in drawn:
        shared, plain = _hold(stage, description, held)
        # The wrapper of a wide array has no `value`: its object has.
        obj = seen(shared, f"{who}'s object")
        steps = [(obj, one) for one in [*operations, get_attribute("value")]]
        each_same_as_twin(steps, shared.raw, f"{description} that holds {held!r}", plain)


_ITEM: st.SearchStrategy[Any] = st.one_of(
    values.wide_characters, st.sampled_from(["", "ab", b"a", 97, None, [], ("a",)])
)


def _part_accesses(length: int) -> st.SearchStrategy[Access]:
    part = members.slices(length)

    def assignment(chosen: slice, text: str, surplus: int, kind: Any) -> Access:
        items = members.sequences_for(chosen, length, list(text), surplus)
        return set_item(chosen, kind(items))

    return st.one_of(
        members.item_accesses(length, _ITEM),
        part.map(get_item),
        st.builds(
            assignment,
            part,
            strings.wide_texts(1, 3),
            st.sampled_from([0, 0, 0, 1, -1]),
            st.sampled_from(["".join, list, tuple]),
        ),
        st.builds(set_item, part, st.sampled_from([b"ab", 1, None, ["ab"], [b"a"]])),
    )


@check("string.wide-items-and-slices-are-text", drawn=_filled(_part_accesses), view=VIEWS)
def test_wide_items_and_slices_are_text(stage: Stage, drawn: _Drawn, view: str) -> None:
    for description, held, operations in drawn:
        shared, plain = _hold(stage, description, held)
        steps = [(seen(shared, view), one) for one in [*operations, get_item(slice(None))]]
        each_same_as_twin(steps, shared.raw, f"{description} that holds {held!r}", plain)


# Wrappers that are not strings.


@observation("string.wide-wrapper-value")
def test_wide_wrapper_value(stage: Stage) -> dict[str, str]:
    observed: dict[str, str] = {}
    for code, init, assigned in (("u", "abc", "xyz"), ("i", [1, 2], 5)):
        wrapper = stage.creator.Array(code, init)
        raw = wrapper.get_obj()
        before = bytes_of(raw)
        outcome = attempt(partial(setattr, wrapper, "value", assigned))
        changed = "unchanged" if bytes_of(raw) == before else "changed"
        observed[code] = f"{outcome}, object {changed}"
    return observed

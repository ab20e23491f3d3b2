"""Area `string`: what `value` and `raw` of char arrays store, return, leave unchanged and refuse.

There are four views of an object: its creator and a child see it, each as it was constructed and
without its wrapper. What is written through one view is read through all of them.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ...actors.objects import char_arrays
from ...actors.objects.char_arrays import BUFFERS
from ...actors.runtime import memory
from ...stage.descriptions import Description
from ...stage.handles import Handle
from ...stage.names import CType
from ...stage.pool import Shared
from ...stage.stage import Stage
from ...strategies import strings, values
from ...strategies.accesses import Access, get_attribute, set_attribute
from ...strategies.strings import CHARS, several
from ..kit.check import check
from ..kit.observe import expect
from ..kit.twins import bytes_of, each_same_as_twin
from ..kit.views import NAMES, VIEWS, expect_free, seen

_Drawn = list[tuple[Description, bytes, Any]]


def _take(stage: Stage, description: Description, held: bytes) -> Shared:
    shared = stage.pool.take(description, CHARS)
    stage.creator.call(memory.fill, shared.raw, held)
    return shared


def _plain(stage: Stage, description: Description, held: bytes) -> Handle:
    """Return an ordinary array of the type that the object should have, whatever it has."""
    length = strings.length_of(description)
    plain: Handle = stage.creator.call(char_arrays.array_of, CType("c_char"), length, held)
    return plain


def _expect_everywhere(shared: Shared, attribute: str, wanted: bytes, what: str) -> None:
    for view in NAMES:
        expect(getattr(seen(shared, view), attribute), wanted, f"{what}, as the {view} sees it,")


# Storing and retrieving.


@check("string.value-ends-at-first-nul", drawn=several(CHARS, lambda _: st.none()))
def test_value_ends_at_first_nul(stage: Stage, drawn: _Drawn) -> None:
    for description, held, _ in drawn:
        shared = _take(stage, description, held)
        what = f"value of {description} that holds {held!r}"
        _expect_everywhere(shared, "value", held.partition(b"\0")[0], what)


@check("string.raw-has-all-bytes", drawn=several(CHARS, strings.contents), view=VIEWS)
def test_raw_has_all_bytes(stage: Stage, drawn: _Drawn, view: str) -> None:
    for description, held, assigned in drawn:
        shared = _take(stage, description, held)
        expect(seen(shared, view).raw, held, f"raw of {description}, as the {view} sees it,")
        seen(shared, view).raw = assigned
        what = f"the bytes of {description} after raw = {assigned!r} by the {view}"
        expect(bytes_of(shared.raw), assigned, what)
        _expect_everywhere(shared, "raw", assigned, f"raw of {description}")


@check("string.value-round-trips", drawn=several(CHARS, strings.texts_without_nuls), view=VIEWS)
def test_value_round_trips(stage: Stage, drawn: _Drawn, view: str) -> None:
    for description, held, word in drawn:
        shared = _take(stage, description, held)
        seen(shared, view).value = word
        what = f"value of {description} after value = {word!r} by the {view}"
        _expect_everywhere(shared, "value", word, what)


# What an assignment does to each byte. The oracle is the same assignment to an ordinary array.


def _compare(stage: Stage, drawn: _Drawn, view: str) -> None:
    for description, held, operations in drawn:
        shared = _take(stage, description, held)
        steps = [(seen(shared, view), operation) for operation in operations]
        shown = f"{description} that holds {held!r}"
        each_same_as_twin(steps, shared.raw, shown, _plain(stage, description, held))


def _compare_refusals(stage: Stage, drawn: _Drawn, view: str) -> None:
    _compare(stage, drawn, view)
    for description, _, operations in drawn:
        shared = stage.pool.take(description, CHARS)
        expect_free(shared, view, f"{operations!r} on {description}")


def _some(operation: st.SearchStrategy[Access]) -> st.SearchStrategy[list[Access]]:
    return st.lists(operation, min_size=1, max_size=4)


def _assignments(attribute: str, text: st.SearchStrategy[bytes]) -> st.SearchStrategy[list[Access]]:
    return _some(st.builds(set_attribute, st.just(attribute), text))


@check(
    "string.value-assignment-leaves-rest-unchanged",
    drawn=several(CHARS, lambda length: _assignments("value", strings.texts(0, length))),
    view=VIEWS,
)
def test_value_assignment_leaves_rest_unchanged(stage: Stage, drawn: _Drawn, view: str) -> None:
    _compare(stage, drawn, view)


@check(
    "string.raw-assignment-leaves-rest-unchanged",
    drawn=several(CHARS, lambda length: _assignments("raw", strings.texts(0, length))),
    view=VIEWS,
)
def test_raw_assignment_leaves_rest_unchanged(stage: Stage, drawn: _Drawn, view: str) -> None:
    _compare(stage, drawn, view)


@check(
    "string.raw-takes-any-buffer",
    drawn=several(
        CHARS,
        lambda length: _some(
            st.builds(
                strings.assign_buffer,
                st.just("raw"),
                st.sampled_from(list(BUFFERS)),
                strings.texts(0, length),
            )
        ),
    ),
    view=VIEWS,
)
def test_raw_takes_any_buffer(stage: Stage, drawn: _Drawn, view: str) -> None:
    _compare(stage, drawn, view)


_BOTH = st.sampled_from(["value", "raw"])


@check(
    "string.refuses-too-many-bytes",
    drawn=several(
        CHARS, lambda length: _some(st.builds(set_attribute, _BOTH, strings.too_long(length)))
    ),
    view=VIEWS,
)
def test_refuses_too_many_bytes(stage: Stage, drawn: _Drawn, view: str) -> None:
    _compare_refusals(stage, drawn, view)


_NON_STRINGS: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(["", "a", "ab", None, 0, 1, 65, True, 1.5, [], [97], (), (b"a",), {}]),
    st.text("ab\0\xe9", max_size=3),
    values.integers,
    st.lists(st.integers(0, 255), max_size=3),
)
_BUFFERS = st.builds(
    strings.assign_buffer,
    st.just("value"),
    st.sampled_from([kind for kind in BUFFERS if kind != "bytes"]),
    strings.texts(0, 2),
)


@check(
    "string.refuses-non-strings",
    drawn=several(
        CHARS, lambda _: _some(st.one_of(st.builds(set_attribute, _BOTH, _NON_STRINGS), _BUFFERS))
    ),
    view=VIEWS,
)
def test_refuses_non_strings(stage: Stage, drawn: _Drawn, view: str) -> None:
    _compare_refusals(stage, drawn, view)


_METHODS: list[tuple[Any, ...]] = [
    ("upper",),
    ("swapcase",),
    ("strip",),
    ("replace", b"\0", b"."),
    ("replace", b"a", b"bb"),
    ("__getitem__", slice(None, None, -1)),
]
_CHANGES = st.one_of(
    st.builds(strings.update, _BOTH, st.just("imul"), st.integers(-1, 3)),
    st.builds(strings.update, _BOTH, st.just("iadd"), strings.texts(0, 3)),
    st.builds(
        lambda attribute, how: strings.transform(attribute, *how), _BOTH, st.sampled_from(_METHODS)
    ),
    _BOTH.map(get_attribute),
)


# Two views through which a string is changed in turn.
_TURNS = st.sampled_from(
    [
        ("creator", "child"),
        ("child", "creator"),
        ("creator", "child's object"),
        ("child", "creator's object"),
    ]
)


@check(
    "string.is-updated-in-place",
    drawn=several(CHARS, lambda _: st.lists(_CHANGES, min_size=4, max_size=6), most=3),
    turns=_TURNS,
)
def test_is_updated_in_place(stage: Stage, drawn: _Drawn, turns: tuple[str, str]) -> None:
    for description, held, changes in drawn:
        shared = _take(stage, description, held)
        views = [seen(shared, view) for view in turns]
        steps = [(views[place % 2], change) for place, change in enumerate(changes)]
        steps += [(view, get_attribute(name)) for view in views for name in ("value", "raw")]
        shown = f"{description} that holds {held!r}, by {' and '.join(turns)} in turn,"
        each_same_as_twin(steps, shared.raw, shown, _plain(stage, description, held))

"""Arrays of every type from sequences of every class, each beside an ordinary array.

A backend may copy the bytes of some sequences, or ask for the very class of others, and there are
too many pairs of a type and a class to leave it to chance which are tried. What it does with many
items at once may be other code than what it does with a few. Its types include those of the other
byte order, whose bytes are no number of this machine's.
"""

from __future__ import annotations

import sys
from array import array as array_of_the_module
from collections import deque, namedtuple
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from ..runtime.batches import in_words
from ..runtime.memory import object_of


class _Tuple(tuple):  # type: ignore[type-arg]  # no generics before 3.9
    __slots__ = ()


class _Bytes(bytes):
    pass


class _ByteArray(bytearray):
    pass


class _Text(str):
    __slots__ = ()


class _List(list):  # type: ignore[type-arg]  # no generics before 3.9
    pass


_Pair = namedtuple("_Pair", "first second")  # noqa: PYI024 - typed ones have the same class

_NUMBERS = [0, 1, 2, 100, 200]
# Many, some of which are more than any type holds: they wrap around.
_MANY = [0, -1, 2, 2**70 + 3, 100, 200, -(2**33)] * 60
_SHORT, _LONG = 9, 300
_AROUND = 40
_SLICES = [
    slice(None),
    slice(1, None),
    slice(None, None, 2),
    slice(None, None, -1),
    slice(-2, 1, -3),
    slice(2, 5),
    slice(5, 2),
]
_BUILTIN = (list, tuple, bytes, bytearray, lambda some: memoryview(bytes(some)))
_DERIVED = (_Tuple, _List, _Bytes, _ByteArray, deque)
_CODES = "bBhHiIlLqQfd"


def _builtin(type_: Any, _types: Sequence[Any]) -> Iterator[Any]:
    yield from (cls(_NUMBERS) for cls in _BUILTIN)
    yield from (list(_MANY), tuple(_MANY))
    yield range(0, 200, 50)
    yield [type_(1), type_(2)]


def _arrays(_type: Any, types: Sequence[Any]) -> Iterator[Any]:
    for code in _CODES:
        model = array_of_the_module(code, [0, 1, 2, 100])
        yield from (model, memoryview(model), memoryview(model)[::-1])
    for _, type_ in _in_both_byte_orders(types):
        yield from ((type_ * 3)(), (type_ * 4)(0, 1, 2, 100))
    yield array_of_the_module("i", range(_LONG))


def _derived(_type: Any, _types: Sequence[Any]) -> Iterator[Any]:
    yield from (cls(_NUMBERS) for cls in _DERIVED)
    yield from (_Pair(1, 2), _Text("text"), _Bytes(b"text"))
    for cls in (tuple, _Tuple, _Pair._make):
        yield [cls((1, 2)), cls((3, 4))]


# The sequences by sort: those of a sort are tried together.
SORTS: dict[str, Callable[[Any, Sequence[Any]], Iterator[Any]]] = {
    "builtin": _builtin,
    "arrays": _arrays,
    "derived": _derived,
}


def _in_both_byte_orders(types: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yield types with their names, each followed by that of the other byte order if there is."""
    for type_ in types:
        yield type_.__name__, type_
        other = getattr(type_, _OTHER_ORDER, type_)
        if other is not type_:
            yield f"{type_.__name__}.{_OTHER_ORDER}", other


_OTHER_ORDER = "__ctype_be__" if sys.byteorder == "little" else "__ctype_le__"


def unlike_ctypes(
    makers: dict[str, Callable[..., Any]], types: Sequence[Any], sort: str
) -> list[tuple[str, str, str]]:
    """Return the calls that make another array than ctypes does, what they make, and what it does.

    What ctypes does not take is left out.
    """
    found = []
    for title, type_ in _in_both_byte_orders(types):
        for given in SORTS[sort](type_, types):
            try:
                wanted = in_words((type_ * len(given))(*given))
            except (TypeError, ValueError, OverflowError):
                continue
            for name, make in makers.items():
                try:
                    got = in_words(object_of(make(type_, given)))
                except Exception as raised:  # whatever it raises is the outcome
                    got = f"{type(raised).__name__}: {raised}"
                if got != wanted:
                    found.append((f"{name}({title}, {_in_short(given)})", *_apart(got, wanted)))
    return found


def assigned_unlike_ctypes(
    makers: dict[str, Callable[..., Any]], types: Sequence[Any], sort: str
) -> list[tuple[str, str, str]]:
    """Return the same for arrays that the sequences are assigned to, by a slice of all items."""
    found = []
    for title, type_ in _in_both_byte_orders(types):
        for given in SORTS[sort](type_, types):
            length = len(given)
            plain = (type_ * length)()
            raised, wanted = _assigned(plain, plain, given)
            for name, make in makers.items():
                made = make(type_, length)
                kind, got = _assigned(made, object_of(made), given)
                if got != wanted or not issubclass(kind, raised):
                    call = f"{name}({title}, {length})[:] = {_in_short(given)}"
                    parts = _apart(f"{got} ({kind.__name__})", f"{wanted} ({raised.__name__})")
                    found.append((call, *parts))
    return found


def sliced_unlike_object(
    make: Callable[..., Any], types: Sequence[Any]
) -> list[tuple[str, str, str]]:
    """Return the slices of wrappers that are not those of their objects, which come last."""
    found = []
    for title, type_ in _in_both_byte_orders(types):
        for length in (_SHORT, _LONG):
            made = make(type_, length)
            obj = object_of(made)
            obj[:] = (type_ * length)(*range(1, length + 1))[:]
            for part in _SLICES:
                got, wanted = made[part], obj[part]
                if got != wanted:
                    call = f"Array({title}, {length})[{_bounds(part)}]"
                    found.append((call, *_apart(repr(list(got)), repr(wanted))))
    return found


def _bounds(part: slice) -> str:
    return ":".join("" if one is None else str(one) for one in (part.start, part.stop, part.step))


class _NothingRaised(Exception):
    """Stands for no exception."""


def _assigned(obj: Any, raw: Any, given: Any) -> tuple[type[Exception], str]:
    """Assign to all items; return what was raised, and the bytes by then."""
    kind: type[Exception] = _NothingRaised
    try:
        obj[:] = given
    except Exception as raised:  # whatever it raises is the outcome
        kind = type(raised)
    return kind, in_words(raw)


def _apart(got: str, wanted: str) -> tuple[str, str]:
    """Return two texts that differ, and of long ones no more than what is around there."""
    if max(len(got), len(wanted)) < _LONG:
        return got, wanted
    same = next((n for n, pair in enumerate(zip(got, wanted)) if pair[0] != pair[1]), 0)
    first = max(0, same - _AROUND)
    cut = [text[first : same + _AROUND] for text in (got, wanted)]
    return f"{'...' * (first > 0)}{cut[0]}...", f"{'...' * (first > 0)}{cut[1]}..."


def _in_short(given: Any) -> str:
    kind, items = type(given).__name__, list(given)
    shown = repr(items) if len(items) < _LONG else f"{items[:9]!r} and so on"
    return f"a {kind} of {len(items)} {type(items[0]).__name__}: {shown}"

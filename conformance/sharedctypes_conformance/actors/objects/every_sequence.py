"""Arrays of every type from sequences of every class, each beside an ordinary array.

A backend may copy the bytes of some sequences, or ask for the very class of others, and there are
too many pairs of a type and a class to leave it to chance which are tried.
"""

from __future__ import annotations

from array import array as array_of_the_module
from collections import deque, namedtuple
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..runtime.batches import in_words
from .initializers import raw_of


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
_BUILTIN = (list, tuple, bytes, bytearray, lambda some: memoryview(bytes(some)))
_DERIVED = (_Tuple, _List, _Bytes, _ByteArray, deque)
_CODES = "bBhHiIlLqQfd"


def _builtin(type_: Any, _types: Sequence[Any]) -> Iterator[Any]:
    yield from (cls(_NUMBERS) for cls in _BUILTIN)
    yield range(0, 200, 50)
    yield [type_(1), type_(2)]


def _arrays(_type: Any, types: Sequence[Any]) -> Iterator[Any]:
    for code in _CODES:
        model = array_of_the_module(code, [0, 1, 2, 100])
        yield from (model, memoryview(model), memoryview(model)[::-1])
    yield from ((type_ * 3)() for type_ in types)


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


def unlike_ctypes(
    makers: dict[str, Callable[..., Any]], types: Sequence[Any], sort: str
) -> list[tuple[str, str, str]]:
    """Return the calls that make another array than ctypes does, what they make, and what it does.

    What ctypes does not take is left out.
    """
    found = []
    for type_ in types:
        for given in SORTS[sort](type_, types):
            try:
                wanted = in_words((type_ * len(given))(*given))
            except (TypeError, ValueError, OverflowError):
                continue
            for name, make in makers.items():
                try:
                    got = in_words(raw_of(make(type_, given)))
                except Exception as raised:  # whatever it raises is the outcome
                    got = f"{type(raised).__name__}: {raised}"
                if got != wanted:
                    found.append((f"{name}({type_.__name__}, {_in_short(given)})", got, wanted))
    return found


def assigned_unlike_ctypes(
    makers: dict[str, Callable[..., Any]], types: Sequence[Any], sort: str
) -> list[tuple[str, str, str]]:
    """Return the same for arrays that the sequences are assigned to, by a slice of all items."""
    found = []
    for type_ in types:
        for given in SORTS[sort](type_, types):
            length = len(given)
            plain = (type_ * length)()
            raised, wanted = _assigned(plain, plain, given)
            for name, make in makers.items():
                made = make(type_, length)
                kind, got = _assigned(made, raw_of(made), given)
                if got != wanted or not issubclass(kind, raised):
                    call = f"{name}({type_.__name__}, {length})[:] = {_in_short(given)}"
                    found.append(
                        (call, f"{got} ({kind.__name__})", f"{wanted} ({raised.__name__})")
                    )
    return found


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


def _in_short(given: Any) -> str:
    kind = type(given).__name__
    return f"a {kind} of {type(given[0]).__name__}: {list(given)!r}"

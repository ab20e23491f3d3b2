"""Operations on one object, one after the other, with the outcome of each as text.

A check compares what an object did with what a plain ctypes object did in the same interpreter. So
outcomes are put into words at once, where they happen: a ctypes object by its type and bytes, which
a later operation may change, anything else by its repr.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from .memory import blank_like, contents, fill, is_data, object_of
from .records import record
from .serve import outcome_of
from .wire import PLAIN

# What a plain ctypes object is: an instance of one of these. Their common base has no name.


def in_words(value: Any) -> str:
    """Return a value as text that is different for any other value."""
    if is_data(value):
        name, data = contents(value)
        return f"a {name} of bytes {data.hex()}"
    if type(value) in (list, tuple):
        return f"{type(value).__name__} of {', '.join(map(in_words, value))}"
    if type(value) in PLAIN:
        return repr(value)
    kind = f"a {type(value).__module__}.{type(value).__qualname__}"
    for plain in (int, float, bytes, str):
        if isinstance(value, plain):
            return f"{plain.__repr__(value)} ({kind})"
    # The repr of anything else holds its address.
    return kind


@record
class PlayedOperation(NamedTuple):
    """The outcome of an operation, and the bytes that were watched before and after it.

    `how` is "returned", and `what` the value in words; or "raised", and `what` the dotted name of
    the exception's class, with its text. The bytes are empty where none were watched.
    """

    how: str
    what: str
    text: str
    before: bytes
    after: bytes


def play(
    obj: Any, operations: Sequence[tuple[Callable[..., Any], tuple[Any, ...]]], memory: Any = None
) -> list[PlayedOperation]:
    """Carry out `function(obj, *args)` for each operation, and watch the bytes of `memory`."""
    outcomes = []
    after = contents(memory)[1] if memory is not None else b""
    for function, args in operations:
        before = after
        try:
            outcome = "returned", in_words(function(obj, *args)), ""
        except Exception as raised:  # whatever it raises is the outcome
            kind = type(raised)
            outcome = "raised", f"{kind.__module__}.{kind.__qualname__}", str(raised)
        after = contents(memory)[1] if memory is not None else b""
        outcomes.append(PlayedOperation(*outcome, before, after))
    return outcomes


def twin_of(obj: Any) -> Any:
    """Return an ordinary ctypes object of the same type with the same bytes."""
    twin = blank_like(obj)
    fill(twin, contents(obj)[1])
    return twin


def play_on_twin(
    obj: Any, operations: Sequence[tuple[Callable[..., Any], tuple[Any, ...]]]
) -> list[PlayedOperation]:
    """Do as `play` on a new ctypes object with the type and bytes of `obj`, and watch it."""
    twin = twin_of(obj)
    return play(twin, operations, twin)


def bytes_behind(obj: Any) -> bytes:
    """Return the bytes of a ctypes object, or of the one that a wrapper has."""
    return contents(object_of(obj))[1]


def until_a_surprise(
    calls: Sequence[tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any], tuple[str, Any]]],
) -> list[tuple[int, int, tuple[str, Any, Any]]]:
    """Call functions one after the other, up to the first whose outcome is not the expected one.

    Each is `(function, args, keywords, expected)`, what is expected ("returned", value) or
    ("raised", name of a built-in exception), for which one of a derived class will do. Returns when
    each call began and ended, on the monotonic clock in nanoseconds, with its outcome as
    `serve.outcome_of` has it.
    """
    outcomes = []
    for function, args, keywords, expected in calls:
        began = time.monotonic_ns()
        outcome = outcome_of(function, args, keywords)
        outcomes.append((began, time.monotonic_ns(), outcome))
        how, seen, _ = outcome
        if how != expected[0]:
            break
        if how == "raised" and f"builtins.{expected[1]}" in seen:
            continue
        # A value whose class defines a comparison of its own is left to the suite.
        if type(seen) not in PLAIN or seen != expected[1]:
            break
    return outcomes

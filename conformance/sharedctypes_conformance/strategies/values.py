"""Values for ctypes objects: at and beyond the limits of each type, and of the wrong kind.

The oracle is the same assignment to a plain ctypes object in the target interpreter, so a value
need not fit: what ctypes does with it, the backend is to do as well.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

INTEGERS = (
    "c_byte",
    "c_ubyte",
    "c_short",
    "c_ushort",
    "c_int",
    "c_uint",
    "c_long",
    "c_ulong",
    "c_longlong",
    "c_ulonglong",
)
FLOATS = ("c_float", "c_double")
SIMPLE_TYPES = ("c_bool", "c_char", "c_wchar", *INTEGERS, *FLOATS)

_POWERS = [2**bits for bits in (7, 8, 15, 16, 31, 32, 63, 64)]
LIMITS = sorted(
    {0, 1, -1, *(sign * p + d for p in _POWERS for sign in (1, -1) for d in (-1, 0, 1))}
)
TELLING_FLOATS = [0.0, -0.0, 2.4, 1 / 3, -1.5, 1e300, 5e-324, 2.0**53, float("inf"), float("nan")]

integers = st.one_of(st.sampled_from(LIMITS), st.integers(-(2**66), 2**66))
floats = st.one_of(st.sampled_from(TELLING_FLOATS), st.floats())
characters = st.one_of(
    st.sampled_from([b"\0", b"A", b"\xff"]), st.binary(min_size=1, max_size=1), st.integers(0, 255)
)
wide_characters = st.one_of(
    st.sampled_from(["\0", "A", "\xe9", "\u20ac", "\U0001f600"]),
    # Every character but the surrogates, which are none; without hypothesis's table of categories,
    # which it would write into the current directory.
    st.one_of(st.integers(0, 0xD7FF), st.integers(0xE000, 0x10FFFF)).map(chr),
)
truths = st.sampled_from([True, False, 0, 1, 7, "", "no", None, 0.0])

# Refused by most types, each for a reason of its own; none of them is a handle.
misfits = st.sampled_from(
    [None, "", "ab", "x", b"", b"ab", 1.5, 7, 2**70, [], (), (1, 2), {}, 1j, slice(2)]
)


def fitting(ctype: str) -> SearchStrategy[Any]:
    """Return values that a simple type takes, wrapping them around its limits where it does."""
    return _FITTING[ctype]


_FITTING: dict[str, SearchStrategy[Any]] = {
    "c_bool": truths,
    "c_char": characters,
    "c_wchar": wide_characters,
    **dict.fromkeys(INTEGERS, integers),
    **dict.fromkeys(FLOATS, floats),
}


def any_for(ctype: str) -> SearchStrategy[Any]:
    """Return values for a simple type of which some are refused."""
    return st.one_of(fitting(ctype), fitting(ctype), misfits)


def items_for(ctype: str, most: int = 9) -> SearchStrategy[list[Any]]:
    """Return lists of values that a simple type takes."""
    return st.lists(fitting(ctype), max_size=most)


def typed(choices: dict[str, str]) -> SearchStrategy[tuple[str, Any]]:
    """Return pairs of a key of `choices` and a value for the type it maps to, some refused."""
    return st.one_of([st.tuples(st.just(key), any_for(ctype)) for key, ctype in choices.items()])


def typed_items(choices: dict[str, str]) -> SearchStrategy[tuple[str, list[Any]]]:
    """Return pairs of a key of `choices` and a list of values for the type it maps to."""
    return st.one_of([st.tuples(st.just(key), items_for(ctype)) for key, ctype in choices.items()])

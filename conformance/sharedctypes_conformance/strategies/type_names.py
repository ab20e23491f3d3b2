"""Types of every sort that ctypes has, generated.

A type is drawn as its name in `actors.runtime.type_names`, which says everything about it.
`names(SORT)` draws names of a sort, and `filled` (see `filling`) draws them with values; sorts are

    STRUCTURES           structures and unions of every sort below, one in another
    PACKED               with `_pack_`
    BIT_FIELDS           structures of either byte order, and unions, with bit fields
    UNIONS
    NESTED               structures that hold other structures and unions
    WITH_ARRAYS          structures that hold arrays, also of arrays and of structures
    ANONYMOUS            structures and unions with `_anonymous_`
    INHERITING           structures that extend others, with fields of their own or without
    OTHER_ORDER          big-endian structures
    OTHER_ORDER_UNIONS   big-endian unions: Python 3.11 and later
    SIMPLE_TYPES         all simple types but long doubles, and subclasses of some
    ARRAYS               of simple types and structures
    ARRAYS_OF_ARRAYS     the standard library cannot give these to a spawned child
    TYPES                everything but OTHER_ORDER_UNIONS and ARRAYS_OF_ARRAYS

What is drawn is valid in every version of ctypes since Python 3.8. Left out is what some of them
get wrong: bit fields of several sizes side by side, which old ones let overlap; bit fields next to
each other in a union, of which old ones put the second before the union's memory; unions that
extend others, which are only as large as their new fields. Long doubles are left out because the
contents of their padding are unspecified.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis.strategies import SearchStrategy

from ..actors.runtime.type_names import array, structure, subclass
from . import values
from .decisions import Decisions, read_from

# How many bytes of decisions a type is made of.
DECISIONS = 48

_MOST_FIELDS = 4
_DEEPEST = 2

# Types of bit fields, by their sizes in bits.
_OF_SIZE = {
    8: ("c_byte", "c_ubyte"),
    16: ("c_short", "c_ushort"),
    32: ("c_int", "c_uint"),
    64: ("c_longlong", "c_ulonglong"),
}

# Other names of integer types; which type each of them is depends on the platform.
ALIASES = (
    *(f"c_{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)),
    "c_size_t",
    "c_ssize_t",
)
SUBCLASSES = tuple(map(subclass, ("c_int", "c_ubyte", "c_longlong", "c_double", "c_bool")))
SIMPLE = ("c_int", *values.SIMPLE_TYPES, *ALIASES, "c_void_p", *SUBCLASSES)

# Types that have a byte order, or need none.
_ORDERED = ("c_int", *values.INTEGERS, *values.FLOATS, "c_char")


# Each sort takes how deep its type stands in others.
Sort = Callable[["Draft", int], str]


class Draft:
    """The decisions about one type, and what has been decided so far."""

    def __init__(self, decisions: Decisions) -> None:
        self.one_of = decisions.one_of
        self._named = 0
        self._overlaid = False

    def overlay(self) -> None:
        """Draw no wide characters from here on: the bytes that overlap them may be no character."""
        self._overlaid = True

    def simple_type(self) -> str:
        """Return a simple type for a field."""
        name = self.one_of(SIMPLE)
        return "c_ubyte" if self._overlaid and name == "c_wchar" else name

    def type_of(self, sorts: tuple[Sort, ...], depth: int) -> str:
        """Return a type of one of the sorts, to stand so deep in others."""
        return self.one_of(sorts)(self, depth)

    def field_name(self) -> str:
        """Return a name that no other field has, in any structure of the type."""
        self._named += 1
        return f"f{self._named}"


def names(*sorts: Sort) -> SearchStrategy[str]:
    """Return names of types of any of the sorts."""
    return read_from(lambda decisions: read_name(decisions, sorts), DECISIONS)


def read_name(decisions: Decisions, sorts: tuple[Sort, ...]) -> str:
    """Return the name of a type of any of the sorts."""
    return Draft(decisions).type_of(sorts, 0)


def _plain(draft: Draft, depth: int) -> str:
    return structure(*_fields(draft, depth))


def _packed(draft: Draft, depth: int) -> str:
    # Without a field of one byte before another there may be nothing to pack.
    first, second = (draft.field_name(), "c_byte"), (draft.field_name(), "c_int")
    return structure(first, second, *_fields(draft, depth), pack=draft.one_of([1, 2, 4]))


def _bits(draft: Draft, _depth: int, bigendian: bool = False) -> str:
    size = draft.one_of([32, 8, 16, 64])
    kinds = _OF_SIZE[size]
    fields: list[Any] = [_bit_field(draft, size) for _ in range(draft.one_of([2, 1, 3, 4]))]
    if draft.one_of([False, True]):
        # An ordinary field among bit fields ends a run of them.
        fields.insert(1, (draft.field_name(), draft.one_of(kinds)))
    return structure(*fields, bigendian=bigendian)


def _bit_field(draft: Draft, size: int) -> tuple[str, str, int]:
    return draft.field_name(), draft.one_of(_OF_SIZE[size]), draft.one_of(range(1, size + 1))


def _bits_in_the_other_order(draft: Draft, depth: int) -> str:
    return _bits(draft, depth, bigendian=True)


def _bit_union(draft: Draft, _depth: int) -> str:
    fields: list[Any] = [_bit_field(draft, 32), (draft.field_name(), "c_uint")]
    return structure(*fields, _bit_field(draft, 32), kind="union")


def _bit_fields(draft: Draft, depth: int) -> str:
    return draft.type_of((_bits, _bits, _bits_in_the_other_order, _bit_union), depth)


def _union(draft: Draft, depth: int) -> str:
    draft.overlay()
    return structure(*_fields(draft, depth, least=2), kind="union")


def _nested(draft: Draft, depth: int) -> str:
    fields = _fields(draft, depth)
    inner = (draft.field_name(), _any_structure(draft, depth + 1))
    return structure(*fields, inner, (draft.field_name(), draft.simple_type()))


def _anonymous(draft: Draft, depth: int) -> str:
    kind = draft.one_of(("struct", "union"))
    if kind == "union":
        draft.overlay()
    fields, name = _fields(draft, depth), draft.field_name()
    inner = draft.type_of((_plain, _union, _bits, _packed), depth + 1)
    return structure(*fields, (name, inner), anonymous=[name], kind=kind)


def _inheriting(draft: Draft, depth: int) -> str:
    base = draft.type_of((_plain, _packed, _bits, _nested), depth + 1)
    if draft.one_of([False, False, True]):
        base = structure(*_fields(draft, depth + 1), extends=base)
    own = _fields(draft, depth, least=draft.one_of((1, 0)))
    return structure(*own, extends=base)


def _with_arrays(draft: Draft, depth: int) -> str:
    fields = _fields(draft, depth)
    element = _field_type(draft, depth + 1)
    for _ in range(draft.one_of([1, 1, 2])):
        element = array(draft.one_of([2, 1, 3]), element)
    return structure(*fields, (draft.field_name(), element))


def _other_order(draft: Draft, depth: int) -> str:
    fields = _ordered_fields(draft, depth, nested=depth < _DEEPEST)
    return structure(*fields, bigendian=True, pack=draft.one_of([0, 0, 0, 1, 2]))


def _other_order_union(draft: Draft, depth: int) -> str:
    return structure(*_ordered_fields(draft, depth, nested=False), bigendian=True, kind="union")


def _ordered_fields(draft: Draft, depth: int, nested: bool) -> list[tuple[str, str]]:
    # The first has bytes that can be in a wrong order.
    numbers = ("c_int", "c_double", "c_ushort", "c_float", "c_longlong")
    fields = [(draft.field_name(), draft.one_of(numbers))]
    more = range(draft.one_of(range(_MOST_FIELDS)))
    return fields + [(draft.field_name(), _ordered_type(draft, depth, nested)) for _ in more]


def _ordered_type(draft: Draft, depth: int, nested: bool) -> str:
    sort = draft.one_of(["simple", "simple", "simple", "array", "nested"])
    if sort == "nested" and nested:
        # A native structure keeps its own order in there.
        return draft.type_of((_other_order, _plain_numbers), depth + 1)
    simple = draft.one_of(_ORDERED)
    return array(draft.one_of([2, 1, 3]), simple) if sort == "array" else simple


def _plain_numbers(draft: Draft, _depth: int) -> str:
    return structure(*((draft.field_name(), draft.one_of(_ORDERED)) for _ in range(2)))


_SORTS: tuple[Sort, ...] = (
    _plain,
    _packed,
    _bits,
    _union,
    _bit_union,
    _nested,
    _anonymous,
    _inheriting,
    _with_arrays,
    _other_order,
)


def _any_structure(draft: Draft, depth: int) -> str:
    return draft.type_of(_SORTS if depth <= _DEEPEST else (_plain,), depth)


def _fields(draft: Draft, depth: int, least: int = 1) -> list[tuple[str, str]]:
    most = max(least, _MOST_FIELDS - depth)
    count = draft.one_of(range(least, most + 1))
    return [(draft.field_name(), _field_type(draft, depth)) for _ in range(count)]


def _field_type(draft: Draft, depth: int) -> str:
    sort = draft.one_of(["simple", "simple", "simple", "simple", "array", "structure"])
    if sort == "structure" and depth < _DEEPEST:
        return _any_structure(draft, depth + 1)
    simple = draft.simple_type()
    return array(draft.one_of([2, 1, 3]), simple) if sort == "array" else simple


def _simple(draft: Draft, _depth: int) -> str:
    return draft.one_of(SIMPLE)


def _array(draft: Draft, depth: int) -> str:
    element = draft.type_of((_simple, _any_structure), depth + 1)
    return array(draft.one_of([3, 1, 2, 5, 0]), element)


def _array_of_arrays(draft: Draft, depth: int) -> str:
    inner = _array(draft, depth)
    if draft.one_of([False, False, False, True]):
        inner = array(2, inner)
    return array(draft.one_of([2, 1, 3]), inner)


STRUCTURES: Sort = _any_structure
PACKED: Sort = _packed
BIT_FIELDS: Sort = _bit_fields
UNIONS: Sort = _union
NESTED: Sort = _nested
WITH_ARRAYS: Sort = _with_arrays
ANONYMOUS: Sort = _anonymous
INHERITING: Sort = _inheriting
OTHER_ORDER: Sort = _other_order
OTHER_ORDER_UNIONS: Sort = _other_order_union
SIMPLE_TYPES: Sort = _simple
ARRAYS: Sort = _array
ARRAYS_OF_ARRAYS: Sort = _array_of_arrays


def TYPES(draft: Draft, depth: int) -> str:  # noqa: N802 - a sort like the others
    """Read a type of every sort that can be given to a child."""
    return draft.type_of((_any_structure, _simple, _array, _any_structure), depth)

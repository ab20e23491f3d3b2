"""Tables of shared objects, from which checks draw.

A table is finite, so that one child can inherit all of it (see `stage.pool`); values and
operations, which vary without bound, are drawn in addition. The types are chosen to differ in what
a backend may get wrong: width, sign, alignment, padding, bit fields, nesting, inheritance, byte
order.
"""

from __future__ import annotations

from ..actors.runtime.type_names import array, structure
from ..oracle.typecodes import TYPECODES
from ..stage.descriptions import Description
from ..stage.names import CType
from .values import SIMPLE_TYPES

LOCKS: tuple[str | bool, ...] = (True, "Lock", "RLock")

POINT = structure(("x", "c_double"), ("y", "c_double"))
MIXED = structure(("a", "c_char"), ("n", "c_longlong"), ("h", "c_short"))
PACKED = structure(("a", "c_byte"), ("d", "c_double"), ("h", "c_ushort"), pack=1)
BITS = structure(("low", "c_uint", 3), ("mid", "c_uint", 12), ("rest", "c_uint", 17))
NUMBER = structure(("i", "c_int"), ("f", "c_float"), ("b", array(8, "c_ubyte")), kind="union")
NESTED = structure(("id", "c_short"), ("at", POINT), ("tail", array(3, "c_int")))
BIG_ENDIAN = structure(("n", "c_uint"), ("d", "c_double"), bigendian=True)
TEXT = structure(("name", array(8, "c_char")), ("wide", array(4, "c_wchar")))
DERIVED = structure(("z", "c_double"), extends=POINT)
ANONYMOUS = structure(("head", "c_int"), ("inner", POINT), anonymous=["inner"])

STRUCTURES = (POINT, MIXED, PACKED, BITS, NUMBER, NESTED, BIG_ENDIAN, TEXT)

# The fields of each structure that hold simple values, with their types.
FIELDS: dict[str, dict[str, str]] = {
    POINT: {"x": "c_double", "y": "c_double"},
    MIXED: {"a": "c_char", "n": "c_longlong", "h": "c_short"},
    PACKED: {"a": "c_byte", "d": "c_double", "h": "c_ushort"},
    BITS: {"low": "c_uint", "mid": "c_uint", "rest": "c_uint"},
    NUMBER: {"i": "c_int", "f": "c_float"},
    NESTED: {"id": "c_short"},
    BIG_ENDIAN: {"n": "c_uint", "d": "c_double"},
    TEXT: {},
    DERIVED: {"x": "c_double", "y": "c_double", "z": "c_double"},
    ANONYMOUS: {"head": "c_int", "x": "c_double", "y": "c_double"},
}

_LENGTHS = (1, 2, 5, 0, 8, 3)

_SIMPLE: list[str | CType] = [*TYPECODES, *map(CType, SIMPLE_TYPES)]

# Objects with `value`: every typecode and simple type, the locks in turn.
VALUES = tuple(
    Description("Value", kind, lock=LOCKS[place % 3]) for place, kind in enumerate(_SIMPLE)
)
RAW_VALUES = tuple(Description("RawValue", kind) for kind in _SIMPLE)

# Arrays of simple elements other than c_char.
ARRAYS = tuple(
    Description("Array", kind, (_LENGTHS[place % 6],), LOCKS[place % 3])
    for place, kind in enumerate(
        [code for code in TYPECODES if code != "c"]
        + [CType(name) for name in SIMPLE_TYPES if name != "c_char"]
    )
)

STRINGS = tuple(
    Description("Array", kind, (init,), lock)
    for kind, init, lock in (
        ("c", 6, True),
        ("c", b"hello world", "Lock"),
        (CType("c_char"), b"x", "RLock"),
        ("c", 0, True),
    )
)

STRUCTURE_VALUES = tuple(
    Description("Value", CType(name), lock=LOCKS[place % 3])
    for place, name in enumerate(STRUCTURES)
)

STRUCTURE_ARRAYS = tuple(
    Description("Array", CType(name), (place % 3 + 1,), LOCKS[place % 3])
    for place, name in enumerate(STRUCTURES)
)


def ctype_of(description: Description) -> str:
    """Return the name of the type of an object, or of its elements."""
    kind = description.type
    return kind.name if isinstance(kind, CType) else TYPECODES[kind]

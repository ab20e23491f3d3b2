"""ctypes types by name: the name is the whole description.

Spawned children find a type by importing its module and asking for its name, so a type made up
during a test must be rebuilt from the name alone. This module answers for every name that the
builders below compose (`__getattr__`, PEP 562), in any process and in any order:

    c_short                                      a simple type, by its ctypes name
    array__7__c_short                            c_short * 7
    struct__2__x__c_int__y__c_int                fields x and y
    union__2__i__c_int__f__c_float
    struct__1__bits__3__n__c_uint                a bit field three bits wide
    packed__1__struct__...                       _pack_ = 1
    bigendian__struct__...                       BigEndianStructure
    anonymous__1__inner__struct__...             _anonymous_ = ("inner",)
    extends__struct__1__x__c_int__struct__...    a subclass of the first with fields of its own

Tokens are separated by two underscores; in field names each underscore is written `_u`, so that a
field called `_obj` stays one token. The names are identifiers: a backend may well build code from
a class's name, and a real class always has one.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

SEPARATOR = "__"

_made: dict[str, Any] = {}


# Composing names (used by the suite; no type is made here).


def array(length: int, element: str) -> str:
    """Return the name of `element * length`."""
    return _join("array", str(length), element)


def structure(
    *fields: tuple[str, str] | tuple[str, str, int],
    kind: str = "struct",
    pack: int = 0,
    bigendian: bool = False,
    anonymous: Sequence[str] = (),
    extends: str = "",
) -> str:
    """Return the name of a Structure (`kind="struct"`) or Union (`kind="union"`).

    A field is its name, the name of its type and, for a bit field, its width in bits.
    """
    tokens: list[str] = []
    if pack:
        tokens += ["packed", str(pack)]
    if bigendian:
        tokens += ["bigendian"]
    if anonymous:
        tokens += ["anonymous", str(len(anonymous)), *map(_escaped, anonymous)]
    if extends:
        tokens += ["extends", extends]
    tokens += [kind, str(len(fields))]
    for field in fields:
        if len(field) == 3:
            tokens += ["bits", str(field[2])]
        tokens += [_escaped(field[0]), field[1]]
    return _join(*tokens)


def _join(*tokens: str) -> str:
    return SEPARATOR.join(tokens)


def _escaped(field: str) -> str:
    return field.replace("_", "_u")


# Making types from names.


def __getattr__(name: str) -> Any:
    if name.startswith(SEPARATOR):
        raise AttributeError(name)
    try:
        tokens = iter(name.split(SEPARATOR))
        made = _make(tokens)
    except (StopIteration, ValueError, KeyError):
        raise AttributeError(f"{name!r} does not describe a ctypes type") from None
    if next(tokens, None) is not None:
        raise AttributeError(f"{name!r} goes on after the description of a ctypes type")
    return made


def _make(tokens: Iterator[str]) -> Any:
    read: list[str] = []

    def take() -> str:
        token = next(tokens)
        read.append(token)
        return token

    def take_type() -> Any:
        made = _make(tokens)
        read.append(name_of(made))
        return made

    token = take()
    if token == "array":
        length = int(take())
        element = take_type()
        # Array types are left as ctypes makes them: it caches them, and code compares identities.
        return element * length
    if token.startswith("c_") or token == "py_object":
        if not hasattr(ctypes, token):
            raise KeyError(token)
        return getattr(ctypes, token)

    namespace: dict[str, Any] = {"__module__": __name__}
    base: Any = None
    bigendian = False
    while token not in ("struct", "union"):
        if token == "packed":
            namespace["_pack_"] = int(take())
            # 3.14 asks for the layout to be named when _pack_ is used outside Windows.
            namespace["_layout_"] = "ms"
        elif token == "bigendian":
            bigendian = True
        elif token == "anonymous":
            namespace["_anonymous_"] = tuple(_unescaped(take()) for _ in range(int(take())))
        elif token == "extends":
            base = take_type()
        else:
            raise KeyError(token)
        token = take()
    if base is None:
        base = _BASES[token, bigendian]
    fields = []
    for _ in range(int(take())):
        field = take()
        width: tuple[int, ...] = ()
        if field == "bits":
            width = (int(take()),)
            field = take()
        fields.append((_unescaped(field), take_type(), *width))
    name = _join(*read)
    if name not in _made:
        namespace["_fields_"] = fields
        _made[name] = type(base)(name, (base,), namespace)
    return _made[name]


_BASES: dict[tuple[str, bool], Any] = {
    ("struct", False): ctypes.Structure,
    ("struct", True): ctypes.BigEndianStructure,
    ("union", False): ctypes.Union,
    # Unions with a byte order came with Python 3.11.
    ("union", True): getattr(ctypes, "BigEndianUnion", None),
}


def name_of(type_: Any) -> str:
    """Return the name from which this module makes `type_`."""
    if issubclass(type_, ctypes.Array):
        return array(type_._length_, name_of(type_._type_))
    return str(type_.__name__)


def _unescaped(token: str) -> str:
    return token.replace("_u", "_")

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
    subclass__c_int                              a subclass of a simple type
    pointer__c_int                               POINTER(c_int)

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


def subclass(simple: str) -> str:
    """Return the name of a class that extends a simple type and adds nothing."""
    return _join("subclass", simple)


def pointer(target: str) -> str:
    """Return the name of `POINTER(target)`."""
    return _join("pointer", target)


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


# Reading names.


class Shape:
    """What a name describes.

    `kind` is simple, array, pointer, struct or union. A simple type has the name of its ctypes type
    as `base`, and is that or a subclass of it; an array has `length` and `element`; what a pointer
    points to is its `element`; a structure or union has `fields`, each with name, shape and width
    in bits (0 if it is no bit field).
    """

    def __init__(self, kind: str, name: str) -> None:
        self.kind = kind
        self.name = name
        self.base = ""
        self.length = 0
        self.element: Any = None
        self.fields: list[tuple[str, Shape, int]] = []
        self.pack = 0
        self.bigendian = False
        self.anonymous: list[str] = []
        self.extends: Any = None

    def all_fields(self) -> list[tuple[str, Shape, int]]:
        """Return the fields of a structure or union, inherited ones first."""
        return (self.extends.all_fields() if self.extends else []) + self.fields

    def is_anonymous(self, field: str) -> bool:
        """Return whether a field lends its own fields to this structure."""
        inherited = self.extends is not None and self.extends.is_anonymous(field)
        return inherited or field in self.anonymous

    def __str__(self) -> str:
        if self.kind == "simple":
            return self.name if self.name == self.base else f"subclass of {self.base}"
        if self.kind == "pointer":
            return f"POINTER({self.element})"
        if self.kind == "array":
            return f"{self.element} * {self.length}"
        parts = [
            f"{name}: {shape}" + (f" : {width}" if width else "")
            for name, shape, width in self.fields
        ]
        parts += [f"_pack_ = {self.pack}"] * bool(self.pack)
        parts += [f"_anonymous_ = {', '.join(self.anonymous)}"] * bool(self.anonymous)
        base = "Union" if self.kind == "union" else "Structure"
        base = f"BigEndian{base}" if self.bigendian else base
        return f"{self.extends or base}({', '.join(parts)})"


def read(name: str) -> Shape:
    """Return what a name describes; raises ValueError for a name that describes nothing."""
    tokens = iter(name.split(SEPARATOR))
    try:
        shape = _read(tokens)
    except StopIteration:
        raise ValueError(f"{name!r} ends before the type that it describes") from None
    if next(tokens, None) is not None:
        raise ValueError(f"{name!r} goes on after the type that it describes")
    return shape


def _read(tokens: Iterator[str]) -> Shape:
    token = next(tokens)
    if token == "array":
        length, element = int(next(tokens)), _read(tokens)
        shape = Shape("array", array(length, element.name))
        shape.length, shape.element = length, element
        return shape
    if token in ("subclass", "pointer"):
        inner = _read(tokens)
        kind = "simple" if token == "subclass" else "pointer"
        shape = Shape(kind, _join(token, inner.name))
        shape.base, shape.element = inner.base, inner
        return shape
    # Whether ctypes has it is for the interpreter to say that makes it: versions differ.
    if token.startswith("c_") or token == "py_object":
        shape = Shape("simple", token)
        shape.base = token
        return shape
    shape = Shape("", "")
    while token not in ("struct", "union"):
        if token == "packed":
            shape.pack = int(next(tokens))
        elif token == "bigendian":
            shape.bigendian = True
        elif token == "anonymous":
            shape.anonymous = [_unescaped(next(tokens)) for _ in range(int(next(tokens)))]
        elif token == "extends":
            shape.extends = _read(tokens)
        else:
            raise ValueError(f"{token!r} describes no ctypes type")
        token = next(tokens)
    shape.kind = token
    for _ in range(int(next(tokens))):
        field, width = next(tokens), 0
        if field == "bits":
            width, field = int(next(tokens)), next(tokens)
        shape.fields.append((_unescaped(field), _read(tokens), width))
    shape.name = structure(
        *(
            (name, inner.name, width) if width else (name, inner.name)
            for name, inner, width in shape.fields
        ),
        kind=token,
        pack=shape.pack,
        bigendian=shape.bigendian,
        anonymous=shape.anonymous,
        extends=shape.extends.name if shape.extends else "",
    )
    return shape


def _unescaped(token: str) -> str:
    return token.replace("_u", "_")


# Making types.


def __getattr__(name: str) -> Any:
    try:
        shape = read(name)
    except ValueError as problem:
        raise AttributeError(str(problem)) from None
    return _make(shape)


def named(name: str) -> Any:
    """Return the type of a name; raises AttributeError if there is none."""
    return globals()[name] if name in globals() else __getattr__(name)


def _make(shape: Shape) -> Any:
    if shape.kind == "simple" and shape.name == shape.base:
        return getattr(ctypes, shape.name)
    if shape.kind == "array":
        # Array types are left as ctypes makes them: it caches them, and code compares identities.
        return _make(shape.element) * shape.length
    if shape.kind == "pointer":
        return ctypes.POINTER(_make(shape.element))
    if shape.name not in _made:
        namespace: dict[str, Any] = {"__module__": __name__}
        if shape.kind == "simple":
            base = getattr(ctypes, shape.base)
            return _made.setdefault(shape.name, type(base)(shape.name, (base,), namespace))
        if shape.pack:
            namespace["_pack_"] = shape.pack
            # 3.14 asks for the layout to be named when _pack_ is used outside Windows.
            namespace["_layout_"] = "ms"
        if shape.anonymous:
            namespace["_anonymous_"] = tuple(shape.anonymous)
        namespace["_fields_"] = [
            (name, _make(inner), width) if width else (name, _make(inner))
            for name, inner, width in shape.fields
        ]
        base = _make(shape.extends) if shape.extends else _BASES[shape.kind, shape.bigendian]
        _made[shape.name] = type(base)(shape.name, (base,), namespace)
    return _made[shape.name]


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
    if issubclass(type_, ctypes._Pointer):
        return pointer(name_of(type_._type_))
    return str(type_.__name__)

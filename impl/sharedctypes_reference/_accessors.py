"""Accessors: properties of a wrapper, each a `with` statement around one operation.

The story: `locked("value")` is a property that does what the template below does with an attribute
FIELD, under that name.  The name is put into the template's code, because an attribute that the
code names is read in half the time that `getattr` needs: `v.value` takes 0.55 of what it took, and
that is the difference between slower and faster than the standard library.
"""

from __future__ import annotations

from types import CodeType, FunctionType
from typing import Any


def _template() -> tuple[Any, Any]:
    def get(self: Any) -> Any:
        with self:
            return self._sharedctypes_obj.FIELD

    def put(self: Any, value: Any) -> None:
        with self:
            self._sharedctypes_obj.FIELD = value

    return get, put


def locked(name: str) -> property:
    """Return a property that reads and writes the object's attribute of that name, locked."""
    # The template is run, rather than the functions made of their code: only functions that are
    # defined by a `def` are specialized by CPython 3.13.
    get, put = FunctionType(_naming(_template.__code__, name), {})()
    return property(get, put, doc=f"The object's {name}, read and written with the lock held.")


def _naming(code: CodeType, name: str) -> CodeType:
    """Return code that uses an attribute of that name where it used FIELD."""
    return code.replace(
        co_names=tuple(name if each == "FIELD" else each for each in code.co_names),
        co_consts=tuple(
            _naming(each, name) if isinstance(each, CodeType) else each for each in code.co_consts
        ),
    )

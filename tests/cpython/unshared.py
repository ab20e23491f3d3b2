"""A backend with a defect that CPython's tests have to find: its raw objects are not shared."""

from __future__ import annotations

from typing import Any

import sharedctypes_reference as reference
from sharedctypes_reference import Array, Value, copy, synchronized

__all__ = ["RawValue", "RawArray", "Value", "Array", "copy", "synchronized"]


def RawValue(typecode_or_type: Any, *args: Any) -> Any:
    return _private(reference.RawValue(typecode_or_type, *args))


def RawArray(typecode_or_type: Any, size_or_initializer: Any) -> Any:
    return _private(reference.RawArray(typecode_or_type, size_or_initializer))


def _private(obj: Any) -> Any:
    return type(obj).from_buffer_copy(obj)

"""Raw objects: ctypes objects in shared memory, without a lock."""

from __future__ import annotations

from typing import Any

from ._buffers import has_the_bytes_of
from ._sharing import new
from ._types import resolve


def RawValue(typecode_or_type: Any, *args: Any) -> Any:  # noqa: N802 - the documented name
    """Return a ctypes object in shared memory, initialised with `args` as its type would be.

    `typecode_or_type` is a ctypes type, which is the type of the result, or a typecode of the
    `array` module, or 'c'.  Bytes that no argument sets are zero.
    Raises TypeError for an unknown type, what the type's constructor raises, and OSError or
    MemoryError when there is no memory.
    Documentation: "The multiprocessing.sharedctypes module".
    """
    obj = new(resolve(typecode_or_type))
    obj.__init__(*args)
    return obj


def RawArray(typecode_or_type: Any, size_or_initializer: Any) -> Any:  # noqa: N802
    """Return a ctypes array in shared memory.

    `size_or_initializer` is the length, and all elements are zero, or a sequence that gives length
    and elements.  Raises TypeError for an unknown type, for something that has no length, and for
    elements that do not fit; ValueError for a negative length; OverflowError, MemoryError or
    OSError for one that cannot be had.
    Documentation: "The multiprocessing.sharedctypes module".
    """
    type_ = resolve(typecode_or_type)
    if isinstance(size_or_initializer, int):
        return new(type_ * size_or_initializer)
    if has_the_bytes_of(type_, size_or_initializer):
        return new(type_ * len(size_or_initializer), size_or_initializer)
    array = new(type_ * len(size_or_initializer))
    items = [*size_or_initializer]
    if len(items) == len(array):
        # The same as `__init__`, which makes a tuple of them and a call for each: in a quarter of
        # the time for 100 000 numbers.
        array[:] = items
    else:
        array.__init__(*items)  # a sequence that is wrong about its length
    return array


def copy(obj: Any) -> Any:
    """Return a raw object in shared memory, of the same type as `obj` and with the same bytes.

    `obj` is any ctypes object, shared or not.  Pointers in it are copied, not what they point to.
    Raises TypeError for anything else, wrappers included: copy what `get_obj()` returns.
    Documentation: "The multiprocessing.sharedctypes module".
    """
    # The bytes rather than the value: padding is part of a copy.
    return new(resolve(type(obj)), obj)

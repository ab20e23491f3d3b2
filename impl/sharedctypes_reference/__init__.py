"""The API of `multiprocessing.sharedctypes`, with every promise of its documentation kept.

    from sharedctypes_reference import Array, Value

    counter = Value("i", 0)                 # pass it to multiprocessing.Process
    with counter.get_lock():
        counter.value += 1

To read the implementation, follow an object: `_types` decides what it is, `_arena` and `_heap`
give it memory, `_sharing` puts it there and sends it to other processes, `_raw` and `_wrappers` are
what a program sees of it, and `_leases` and `_lifelines` keep it until the last child has gone.
"""

from __future__ import annotations

from typing import Any

from ._raw import RawArray, RawValue, copy
from ._types import resolve, typecode_to_type
from ._wrappers import (
    Synchronized,
    SynchronizedArray,
    SynchronizedBase,
    SynchronizedString,
    lock_methods,
    synchronized,
    wrapper_class,
)

__all__ = ["RawValue", "RawArray", "Value", "Array", "copy", "synchronized"]

# Reachable, for `isinstance` and annotations, though not exported.
_ALSO = (Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString, typecode_to_type)


def Value(  # noqa: N802 - the documented name
    typecode_or_type: Any, *args: Any, lock: Any = True, ctx: Any = None
) -> Any:
    """Return a wrapper of a new `RawValue`, or with `lock=False` the object itself.

    `lock` may be True or None (a new `RLock` of `ctx`, or of the default context) or a lock.
    Raises what `RawValue` and `synchronized` raise; AttributeError for a `lock` that is none.
    Documentation: "The multiprocessing.sharedctypes module".
    """
    _check(resolve(typecode_or_type), lock)
    return _guard(RawValue(typecode_or_type, *args), lock, ctx)


def Array(  # noqa: N802 - the documented name
    typecode_or_type: Any, size_or_initializer: Any, *, lock: Any = True, ctx: Any = None
) -> Any:
    """Return a wrapper of a new `RawArray`, or with `lock=False` the array itself.

    `lock` may be True or None (a new `RLock` of `ctx`, or of the default context) or a lock.
    Raises what `RawArray` and `synchronized` raise; AttributeError for a `lock` that is none.
    Documentation: "The multiprocessing.sharedctypes module".
    """
    _check(None, lock)
    return _guard(RawArray(typecode_or_type, size_or_initializer), lock, ctx)


def _check(type_: Any, lock: Any) -> None:
    """Refuse what cannot be wrapped or locked before memory or a semaphore is made for it."""
    if lock is False:
        return
    if type_ is not None:
        wrapper_class(type_)
    if lock is not None and lock is not True:
        lock_methods(lock)


def _guard(obj: Any, lock: Any, ctx: Any) -> Any:
    if lock is False:
        return obj
    # By identity: asked for its truth or for equality, a lock could say anything.
    return synchronized(obj, None if lock is True else lock, ctx)

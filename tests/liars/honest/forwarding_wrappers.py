"""Wrappers generate no accessors: what they do not have is looked up in the object, locked.

They have `__slots__`, and neither a `__dict__` nor weak references. Structures of all types have
wrappers of one class. As transparent proxies do, they say that they are of their object's class.
"""

import ctypes
from multiprocessing.context import assert_spawning

from . import on_reference
from . import plain as honest

CAUGHT_BY = {}
BREAKS = on_reference.BREAKS


class SynchronizedBase:
    __slots__ = ("_forwarding_lock", "_forwarding_obj")

    def __init__(self, obj, lock):
        object.__setattr__(self, "_forwarding_obj", obj)
        object.__setattr__(self, "_forwarding_lock", lock)

    @property
    def __class__(self):
        return type(self._forwarding_obj)

    def get_obj(self):
        return self._forwarding_obj

    def get_lock(self):
        return self._forwarding_lock

    def acquire(self, *args, **keywords):
        return self._forwarding_lock.acquire(*args, **keywords)

    def release(self):
        return self._forwarding_lock.release()

    def __enter__(self):
        return self._forwarding_lock.__enter__()

    def __exit__(self, *exc_info):
        return self._forwarding_lock.__exit__(*exc_info)

    def __reduce__(self):
        assert_spawning(self)
        return _receive, (self._forwarding_obj, self._forwarding_lock)

    def __getattr__(self, name):
        if not _is_member(self._forwarding_obj, name):
            raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}")
        with self._forwarding_lock:
            return getattr(self._forwarding_obj, name)

    def __setattr__(self, name, value):
        if not _is_member(self._forwarding_obj, name):
            raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}")
        with self._forwarding_lock:
            setattr(self._forwarding_obj, name, value)


def _is_member(obj, name):
    if isinstance(obj, (ctypes.Structure, ctypes.Union)):
        return name in honest.field_names(type(obj))
    return name in ("value", "raw") and hasattr(type(obj), name)


def _receive(obj, lock):
    return backend.synchronized(obj, lock)


class Synchronized(SynchronizedBase):
    __slots__ = ()


class SynchronizedStructure(SynchronizedBase):
    __slots__ = ()


class SynchronizedArray(SynchronizedBase):
    __slots__ = ()

    def __len__(self):
        return len(self._forwarding_obj)

    def __getitem__(self, index):
        with self._forwarding_lock:
            return self._forwarding_obj[index]

    def __setitem__(self, index, value):
        with self._forwarding_lock:
            self._forwarding_obj[index] = value


class SynchronizedString(SynchronizedArray):
    __slots__ = ()


class Backend(on_reference.Backend):
    value_class = Synchronized
    array_class = SynchronizedArray
    string_class = SynchronizedString

    def synchronized(self, obj, lock=None, ctx=None):
        if isinstance(obj, SynchronizedBase):
            raise AssertionError("object already synchronized")
        names = honest.field_names(type(obj))
        if any(hasattr(SynchronizedBase, name) for name in names):
            raise TypeError(f"{type(obj).__name__} has fields named like the wrapper's methods")
        return self.class_for(obj)(obj, self.new_lock(ctx) if lock is None else lock)

    def names(self):
        classes = (SynchronizedBase, Synchronized, SynchronizedArray, SynchronizedString)
        return {**super().names(), **{cls.__name__: cls for cls in classes}}

    def class_without_mixin(self, obj):
        if isinstance(obj, (ctypes.Structure, ctypes.Union)):
            return SynchronizedStructure
        return super().class_without_mixin(obj)


backend = honest.publish(Backend, globals())

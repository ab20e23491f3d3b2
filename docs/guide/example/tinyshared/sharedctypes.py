"""Shared ctypes objects in anonymous memory, which only forked children inherit."""

import ctypes
import functools
import mmap
import multiprocessing

TYPES = {
    "b": ctypes.c_byte, "B": ctypes.c_ubyte, "c": ctypes.c_char, "u": ctypes.c_wchar,
    "h": ctypes.c_short, "H": ctypes.c_ushort, "i": ctypes.c_int, "I": ctypes.c_uint,
    "l": ctypes.c_long, "L": ctypes.c_ulong, "q": ctypes.c_longlong, "Q": ctypes.c_ulonglong,
    "f": ctypes.c_float, "d": ctypes.c_double,
}  # fmt: skip
DATA = ctypes.c_int.__mro__[-2]  # what all ctypes objects are instances of


def _type(typecode_or_type):
    ctype = TYPES.get(typecode_or_type, typecode_or_type)
    if not (isinstance(ctype, type) and issubclass(ctype, DATA)):
        raise TypeError(f"{ctype!r} is neither a ctypes type nor a typecode")
    return ctype


def _new(ctype):
    return ctype.from_buffer(mmap.mmap(-1, max(ctypes.sizeof(ctype), 1)))


def RawValue(typecode_or_type, *args):
    obj = _new(_type(typecode_or_type))
    obj.__init__(*args)
    return obj


def RawArray(typecode_or_type, size_or_initializer):
    element = _type(typecode_or_type)
    if isinstance(size_or_initializer, int):
        return _new(element * size_or_initializer)
    obj = _new(element * len(size_or_initializer))
    obj.__init__(*size_or_initializer)
    return obj


def Value(typecode_or_type, *args, lock=True, ctx=None):
    return _with_lock(RawValue(typecode_or_type, *args), lock, ctx)


def Array(typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
    return _with_lock(RawArray(typecode_or_type, size_or_initializer), lock, ctx)


def _with_lock(obj, lock, ctx):
    if lock is False:
        return obj
    if lock is True or lock is None:
        return synchronized(obj, None, ctx)
    if not hasattr(lock, "acquire"):
        raise AttributeError(f"{lock!r} has no method 'acquire'")
    return synchronized(obj, lock, ctx)


def copy(obj):
    new = _new(type(obj))
    ctypes.memmove(ctypes.addressof(new), ctypes.addressof(obj), ctypes.sizeof(obj))
    return new


def synchronized(obj, lock=None, ctx=None):
    if not isinstance(obj, DATA):
        raise TypeError(f"{obj!r} is not a ctypes object")
    return _wrapper(type(obj))(obj, (ctx or multiprocessing).RLock() if lock is None else lock)


@functools.cache
def _wrapper(ctype):
    if issubclass(ctype, ctypes.Array):
        return SynchronizedString if ctype._type_ is ctypes.c_char else SynchronizedArray
    if not issubclass(ctype, (ctypes.Structure, ctypes.Union)):
        return Synchronized
    fields = {name: _member(name) for name, *_ in getattr(ctype, "_fields_", ())}
    return type(f"Synchronized{ctype.__name__}", (SynchronizedBase,), fields)


class SynchronizedBase:
    def __init__(self, obj, lock):
        self._obj, self._lock = obj, lock
        self.acquire, self.release = lock.acquire, lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *exc_info):
        return self._lock.__exit__(*exc_info)

    def get_obj(self):
        return self._obj

    def get_lock(self):
        return self._lock


def _member(name):
    def read(self):
        with self:
            return getattr(self._obj, name)

    def write(self, value):
        with self:
            setattr(self._obj, name, value)

    return property(read, write)


class Synchronized(SynchronizedBase):
    value = _member("value")


class SynchronizedArray(SynchronizedBase):
    def __len__(self):
        return len(self._obj)

    def __getitem__(self, index):
        with self:
            return self._obj[index]

    def __setitem__(self, index, value):
        with self:
            self._obj[index] = value


class SynchronizedString(SynchronizedArray):
    value = _member("value")
    raw = _member("raw")

"""Raw objects in memory of a backend's own, which says in `Backend.block` where an object lies.

A block has a `memory`, in which the object begins at `offset`, and is pickled for a child that does
not start as a copy of its parent. Each object has a passport in its own dictionary, which keeps the
block as long as the object lives, and is asked whenever the object is to be pickled.
"""

import ctypes
import multiprocessing.sharedctypes as sharedctypes
import os
from multiprocessing import reduction
from multiprocessing.context import assert_spawning, get_spawning_popen

from . import on_reference

_CTYPES = (ctypes._SimpleCData, ctypes.Array, ctypes.Structure, ctypes.Union)


# To reserve more would end other processes before the system refuses it.
_MOST = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2


class Passport:
    def __init__(self, block, delta, kind):
        self.block = block
        self.delta = delta
        self.kind = kind

    def __call__(self, protocol=0):
        """Reduce the object, as its `__reduce_ex__`."""
        assert_spawning(self)
        return _receive, (self.block, self.delta, _described(self.kind))


def place(block, kind, delta=0):
    """Return an object of a type that begins `delta` bytes after the beginning of a block."""
    obj = kind.from_buffer(block.memory, block.offset + delta)
    if not hasattr(obj, "__dict__"):
        raise TypeError(f"{kind.__name__} has no dictionary for its objects")
    obj.__dict__["__reduce_ex__"] = Passport(block, delta, kind)
    return obj


def _described(kind):
    """Return a type that can be pickled, and the lengths of the arrays that are made of it."""
    lengths = []
    while issubclass(kind, ctypes.Array) and kind is kind._type_ * kind._length_:
        lengths.append(kind._length_)
        kind = kind._type_
    return kind, lengths


def _receive(block, delta, described):
    kind, lengths = described
    for length in reversed(lengths):
        kind = kind * length
    return place(block, kind, delta)


_asked_before = getattr(reduction.ForkingPickler, "reducer_override", None)


def _reduce(pickler, obj):
    """Reduce an object that has a passport, and a part of one for a child."""
    # By its type: a wrapper may say that it has the class of its object.
    if issubclass(type(obj), _CTYPES):
        root = obj
        while root._b_base_ is not None:
            root = root._b_base_
        passport = getattr(root, "__dict__", {}).get("__reduce_ex__")
        if isinstance(passport, Passport) and (root is obj or get_spawning_popen()):
            delta = ctypes.addressof(obj) - ctypes.addressof(root)
            return Passport(passport.block, passport.delta + delta, type(obj))()
    return NotImplemented if _asked_before is None else _asked_before(pickler, obj)


reduction.ForkingPickler.reducer_override = _reduce


class Backend(on_reference.Backend):
    def block(self, size):
        """Return a block of `size` zero bytes or more."""
        raise NotImplementedError

    def new(self, kind):
        if not isinstance(kind, type) or not issubclass(kind, ctypes._SimpleCData.__base__):
            raise TypeError(f"{kind!r} is neither a typecode nor a type of ctypes")
        if ctypes.sizeof(kind) > _MOST:
            raise MemoryError(f"there is no room for {ctypes.sizeof(kind)} bytes")
        return self.place(kind)

    def place(self, kind):
        """Return an object of a type, all bytes of which are zero."""
        return place(self.block(max(1, ctypes.sizeof(kind))), kind)

    def RawValue(self, typecode_or_type, *args):
        obj = self.new(sharedctypes.typecode_to_type.get(typecode_or_type, typecode_or_type))
        obj.__init__(*args)
        return obj

    def RawArray(self, typecode_or_type, size_or_initializer):
        kind = sharedctypes.typecode_to_type.get(typecode_or_type, typecode_or_type)
        if isinstance(size_or_initializer, int):
            return self.new(kind * size_or_initializer)
        array = self.new(kind * len(size_or_initializer))
        array.__init__(*size_or_initializer)
        return array

    def copy(self, obj):
        duplicate = self.new(type(obj))
        ctypes.memmove(ctypes.addressof(duplicate), ctypes.addressof(obj), ctypes.sizeof(obj))
        return duplicate

"""A wrapper of an array of 256 KiB is sent as a copy."""

import ctypes
import multiprocessing.sharedctypes as sharedctypes
from multiprocessing.context import assert_spawning

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {"sharing.large-objects-are-shared": "fail"}


class Bytes(ctypes.c_ubyte * (256 << 10)):
    """So large that it is sent by value."""

    def __reduce__(self):
        assert_spawning(self)
        return _received, (bytes(self),)


def _received(data):
    return Bytes.from_buffer_copy(data)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if size_or_initializer == 256 << 10:
            return Bytes.from_buffer(sharedctypes.RawArray("B", size_or_initializer))
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

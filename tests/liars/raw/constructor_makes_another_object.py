"""The constructor runs on an ordinary object, of which only the bytes are shared."""

import ctypes
import multiprocessing.sharedctypes as sharedctypes

from ..honest import plain as honest

CAUGHT_BY = {"raw.keeps-state-set-by-constructor": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        cls = sharedctypes.typecode_to_type.get(typecode_or_type, typecode_or_type)
        made = sharedctypes._new_value(cls)
        ctypes.memmove(ctypes.addressof(made), bytes(cls(*args)), ctypes.sizeof(made))
        return made


honest.publish(Backend, globals())

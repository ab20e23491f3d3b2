"""The first byte of what `RawValue` and `RawArray` return is zero, whatever it should be."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "seed.value-of-type-equals-ctypes": "fail",
    "seed.structure-equals-ctypes": "fail",
    "seed.initialized-array-equals-ctypes": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def raw(self, obj):
        ctypes.memset(ctypes.addressof(obj), 0, min(1, ctypes.sizeof(obj)))
        return obj


honest.publish(Backend, globals())

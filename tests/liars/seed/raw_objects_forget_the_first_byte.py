"""The first byte of what `RawValue` and `RawArray` make is zero, whatever it was made from."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "seed.value-of-type-equals-ctypes": "fail",
    "seed.structure-equals-ctypes": "fail",
    "seed.initialised-array-equals-ctypes": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        return self.forgetful(super().RawValue(typecode_or_type, *args))

    def RawArray(self, typecode_or_type, size_or_initializer):
        return self.forgetful(super().RawArray(typecode_or_type, size_or_initializer))

    def forgetful(self, obj):
        ctypes.memset(ctypes.addressof(obj), 0, min(1, ctypes.sizeof(obj)))
        return obj


honest.publish(Backend, globals())

"""`RawValue` and `RawArray` return ordinary objects, of which each process has its own."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "seed.parent-write-reaches-child": "fail",
    "operations.raw-objects-behave-as-one-ctypes-object": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def names(self):
        private = {"RawValue": self.private_value, "RawArray": self.private_array}
        return {**super().names(), **private}

    def private_value(self, typecode_or_type, *args):
        return self.private(self.RawValue(typecode_or_type, *args))

    def private_array(self, typecode_or_type, size_or_initializer):
        return self.private(self.RawArray(typecode_or_type, size_or_initializer))

    def private(self, obj):
        return type(obj).from_buffer_copy(obj) if ctypes.sizeof(obj) else obj


honest.publish(Backend, globals())

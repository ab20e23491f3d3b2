"""A memoryview of numbers is copied from its first byte on, also if it goes backwards."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.takes-builtin-sequences": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        view = size_or_initializer
        if isinstance(view, memoryview) and view.itemsize > 1 and view.strides[0] < 0:
            made = super().RawArray(typecode_or_type, len(view))
            ctypes.memmove(made, bytes(view.obj), len(view) * view.itemsize)
            return made
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

"""An array of more than a million bytes is not in shared memory."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.large-arrays-are-fully-shared": "fail",
    "sharing.large-objects-are-shared": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        return array if ctypes.sizeof(array) < 1_000_000 else type(array).from_buffer_copy(array)


honest.publish(Backend, globals())

"""A copy of a mebibyte or more is an ordinary object, which no child shares."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "copy.is-shared": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        if ctypes.sizeof(obj) < 2**20:
            return super().copy(obj)
        return type(obj).from_buffer_copy(obj)


honest.publish(Backend, globals())

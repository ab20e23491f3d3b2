"""Only the first hundred objects are in shared memory."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"memory.child-inherits-hundreds-of-objects": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    made = 0

    def raw(self, obj):
        Backend.made += 1
        if Backend.made <= 100 or not ctypes.sizeof(obj):
            return obj
        return type(obj).from_buffer_copy(obj)


honest.publish(Backend, globals())

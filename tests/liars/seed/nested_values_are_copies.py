"""A structure or array inside the object is returned as a copy."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "seed.child-write-to-structures-reaches-parent": "fail",
    "wrapper.nested-objects-are-live-views": "fail",
}


class Backend(honest.Backend):
    def read(self, wrapper, operation):
        value = super().read(wrapper, operation)
        if isinstance(value, (ctypes.Structure, ctypes.Union, ctypes.Array)):
            value = type(value).from_buffer_copy(value)
        return value


honest.publish(Backend, globals())

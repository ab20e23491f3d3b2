"""An assignment that is refused zeroes the object."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.refused-assignments-change-nothing": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def write(self, wrapper, operation):
        try:
            super().write(wrapper, operation)
        except Exception:
            obj = wrapper.get_obj()
            ctypes.memset(ctypes.addressof(obj), 0, ctypes.sizeof(obj))
            raise


honest.publish(Backend, globals())

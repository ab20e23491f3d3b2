"""An assignment to a member of a union sets the bytes behind the member to zero."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.writes-happen-under-lock": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def write(self, wrapper, operation):
        def cleared(obj):
            if isinstance(obj, ctypes.Union):
                ctypes.memset(ctypes.addressof(obj), 0, ctypes.sizeof(obj))
            return operation(obj)

        super().write(wrapper, cleared)


honest.publish(Backend, globals())

"""An assignment to a field writes back the whole structure as it was before the lock."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.writes-happen-under-lock": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def write(self, wrapper, operation):
        obj = wrapper.get_obj()
        if not isinstance(obj, ctypes.Structure):
            super().write(wrapper, operation)
            return
        merged = type(obj).from_buffer_copy(obj)
        operation(merged)
        size = ctypes.sizeof(obj)
        super().write(
            wrapper, lambda it: ctypes.memmove(ctypes.addressof(it), ctypes.byref(merged), size)
        )


honest.publish(Backend, globals())

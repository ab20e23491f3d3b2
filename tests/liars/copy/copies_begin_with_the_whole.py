"""The copy of a part begins where the whole begins."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"copy.takes-nested-objects": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        made = super().copy(obj)
        whole = obj
        while whole._b_base_ is not None:
            whole = whole._b_base_
        ctypes.memmove(ctypes.addressof(made), ctypes.addressof(whole), ctypes.sizeof(made))
        return made


honest.publish(Backend, globals())

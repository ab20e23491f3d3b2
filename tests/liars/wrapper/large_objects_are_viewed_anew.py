"""`get_obj` of a large object returns another object each time, in the same memory."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"wrapper.wraps-ordinary-ctypes-objects": "fail"}


class Base:
    def get_obj(self):
        obj = super().get_obj()
        return obj if ctypes.sizeof(obj) < 1 << 16 else type(obj).from_buffer(obj)


class Backend(honest.Backend):
    mixin = Base


honest.publish(Backend, globals())

"""Accesses bypass the members of the object's class, and the lock."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.lock-is-held-during-access": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        obj = wrapper.get_obj()
        kind = type(obj)
        if isinstance(obj, ctypes.Array):
            kind = obj._type_ * obj._length_
        elif isinstance(obj, ctypes._SimpleCData) and kind.__base__ is not ctypes._SimpleCData:
            kind = kind.__base__
        return operation(kind.from_buffer(obj))


honest.publish(Backend, globals())

"""The value of an object of one byte is read without the lock, for it is read at once anyway."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"wrapper.access-acquires-lock-once": "fail"}


class Backend(honest.Backend):
    def read(self, wrapper, operation):
        obj = wrapper.get_obj()
        if isinstance(obj, ctypes._SimpleCData) and ctypes.sizeof(obj) == 1:
            return operation(obj)
        return super().read(wrapper, operation)


honest.publish(Backend, globals())

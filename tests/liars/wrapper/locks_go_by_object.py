"""Accesses acquire the lock that the object was given last."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.access-acquires-its-own-lock": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self._locks = {}

    def synchronized(self, obj, lock=None, ctx=None):
        wrapper = super().synchronized(obj, lock, ctx)
        self._locks[ctypes.addressof(obj)] = wrapper.get_lock()
        return wrapper

    def access(self, wrapper, operation):
        own = wrapper.get_lock()
        with self._locks.get(ctypes.addressof(wrapper.get_obj()), own):
            return operation(wrapper.get_obj())


honest.publish(Backend, globals())

"""`copy` refuses an object while the lock of its wrapper is held."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"copy.acquires-no-lock": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self._locks = {}

    def synchronized(self, obj, lock=None, ctx=None):
        made = super().synchronized(obj, lock, ctx)
        self._locks[ctypes.addressof(obj)] = made.get_lock()
        return made

    def copy(self, obj):
        lock = self._locks.get(ctypes.addressof(obj))
        if lock and not lock.acquire(False):
            raise RuntimeError("the object is locked")
        return super().copy(obj)


honest.publish(Backend, globals())

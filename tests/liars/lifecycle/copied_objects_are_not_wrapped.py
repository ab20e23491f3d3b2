"""An object of which a copy has been made cannot be wrapped any more."""

import ctypes
import weakref

from ..honest import plain as honest

CAUGHT_BY = {"lifecycle.every-step-succeeds": "fail"}


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.copied = set()

    def copy(self, obj):
        address = ctypes.addressof(obj)
        self.copied.add(address)
        weakref.finalize(obj, self.copied.discard, address).atexit = False
        return super().copy(obj)

    def synchronized(self, obj, lock=None, ctx=None):
        if isinstance(obj, ctypes._SimpleCData.__base__) and ctypes.addressof(obj) in self.copied:
            raise RuntimeError("this object is in use")
        return super().synchronized(obj, lock, ctx)


honest.publish(Backend, globals())

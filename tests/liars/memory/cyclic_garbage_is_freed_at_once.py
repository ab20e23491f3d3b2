"""Memory is given back by a weak reference, which dies before the finalizers of cyclic garbage."""

import collections
import ctypes
import weakref

from ..honest import on_reference
from ..honest import plain as honest

CAUGHT_BY = {
    "memory.resurrected-object-keeps-memory": "fail",
}


class Keeper:
    """What an object refers to, and the weak reference is about."""


class Backend(on_reference.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.free = collections.defaultdict(list)

    def raw(self, obj):
        size = ctypes.sizeof(obj)
        if not isinstance(obj, ctypes.Array) or not size:
            return obj
        whole = self.free[size].pop() if self.free[size] else obj
        made = type(obj).from_buffer(memoryview(whole).cast("B"))
        ctypes.memmove(made, obj, size)
        made._keeper = Keeper()
        weakref.finalize(made._keeper, self.free[size].append, whole)
        return made


honest.publish(Backend, globals())

"""Memory is zeroed when an object is dropped, but not if the garbage collector drops it."""

import ctypes
import gc
import os

from ..honest import plain as honest
from ..honest import recycling

START_METHODS = ("fork",)
CAUGHT_BY = {"lifecycle.new-objects-are-zeroed": "fail"}


class Backend(recycling.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.is_collecting = False
        gc.callbacks.append(self.note)

    def note(self, phase, _info):
        self.is_collecting = phase == "start"

    def put(self, obj, made, block):
        if any(ctypes.string_at(ctypes.addressof(obj), ctypes.sizeof(obj))):
            super().put(obj, made, block)

    def give(self, block, pid):
        if pid == os.getpid() and not self.is_collecting:
            ctypes.memset(ctypes.addressof(block), 0, len(block))
        super().give(block, pid)


honest.publish(Backend, globals())

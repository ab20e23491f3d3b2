"""Memory that is freed in another thread than the one that took it is freed twice."""

import ctypes
import threading

from ..honest import plain as honest
from ..honest import recycling

START_METHODS = ("fork",)
CAUGHT_BY = {"lifecycle.live-objects-are-disjoint": "fail"}


class Backend(recycling.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.takers = {}

    def take(self, size):
        block = super().take(size)
        self.takers[ctypes.addressof(block)] = threading.get_ident()
        return block

    def give(self, block, pid):
        super().give(block, pid)
        if self.takers.get(ctypes.addressof(block)) != threading.get_ident():
            super().give(block, pid)


honest.publish(Backend, globals())

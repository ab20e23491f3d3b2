"""The memory of an object to which only parts refer is given to the next object."""

import ctypes

from ..honest import plain as honest
from . import memoryviews_keep_no_memory

CAUGHT_BY = {"memory.nested-view-keeps-memory-alive": "fail"}
START_METHODS = ("fork",)


class Backend(memoryviews_keep_no_memory.Backend):
    def is_view(self, referrer):
        return isinstance(referrer, (ctypes.Structure, ctypes.Union, ctypes.Array))


honest.publish(Backend, globals())

"""The memory of an object to which only pointers refer is given to the next object."""

from ..honest import plain as honest
from . import memoryviews_keep_no_memory

CAUGHT_BY = {"memory.pointer-keeps-memory-alive": "fail"}
START_METHODS = ("fork",)


class Backend(memoryviews_keep_no_memory.Backend):
    def is_view(self, referrer):
        # What ctypes keeps for a pointer is in a dictionary, under this key.
        return isinstance(referrer, dict) and "1" in referrer


honest.publish(Backend, globals())

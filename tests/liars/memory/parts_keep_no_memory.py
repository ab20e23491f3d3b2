"""The memory of an object to which only parts refer is given to the next object."""

import ctypes

from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401
from . import memoryviews_keep_no_memory

CAUGHT_BY = {"memory.stays-while-a-part-lives": "fail"}
START_METHODS = ("fork",)


class Backend(memoryviews_keep_no_memory.Backend):
    def is_view(self, referrer):
        return isinstance(referrer, (ctypes.Structure, ctypes.Union, ctypes.Array))


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

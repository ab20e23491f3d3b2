"""Wrappers of simple objects are ctypes objects themselves, of no content."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.is-no-ctypes-instance": "fail",
}
START_METHODS = ("fork",)


class Synchronized(honest.Synchronized, ctypes.Structure):
    pass


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = super().class_for(obj)
        return Synchronized if cls is honest.Synchronized else cls


honest.publish(Backend, globals())

"""Wrappers of simple objects are ctypes objects themselves, without contents."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.is-not-a-ctypes-object": "fail",
}
START_METHODS = ("fork",)


class Synchronized(honest.Synchronized, ctypes.Structure):
    pass


class Backend(honest.Backend):
    value_class = Synchronized


honest.publish(Backend, globals())

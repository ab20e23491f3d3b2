"""Iterating begins again at the first item when it has come to the end."""

import itertools

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.length-and-iteration-are-the-objects": "fail",
}
START_METHODS = ("fork",)


class SynchronizedArray(honest.SynchronizedArray):
    def __iter__(self):
        return itertools.cycle(self[:])

    def __contains__(self, value):
        return value in self[:]


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = super().class_for(obj)
        return SynchronizedArray if cls is honest.SynchronizedArray else cls


honest.publish(Backend, globals())

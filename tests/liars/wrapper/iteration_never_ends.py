"""Iteration starts again at the first item after the last."""

import itertools

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.length-and-iteration-match-object": "fail",
}
START_METHODS = ("fork",)


class SynchronizedArray(honest.SynchronizedArray):
    def __iter__(self):
        return itertools.cycle(self[:])

    def __contains__(self, value):
        return value in self[:]


class Backend(honest.Backend):
    array_class = SynchronizedArray


honest.publish(Backend, globals())

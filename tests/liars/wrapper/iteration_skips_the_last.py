"""Iterating stops before the last item."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.length-and-iteration-match-object": "fail",
}
START_METHODS = ("fork",)


class SynchronizedArray(honest.SynchronizedArray):
    def __iter__(self):
        return (self[index] for index in range(len(self) - 1))


class Backend(honest.Backend):
    array_class = SynchronizedArray


honest.publish(Backend, globals())

"""Assigning a slice leaves its last item as it was."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.slicing-matches-object": "fail",
}
START_METHODS = ("fork",)


class SynchronizedArray(honest.SynchronizedArray):
    def __setitem__(self, index, value):
        if isinstance(index, slice) and len(value) > 1:
            value = [*value[:-1], self[index][-1:][0]]
        super().__setitem__(index, value)


class Backend(honest.Backend):
    array_class = SynchronizedArray


honest.publish(Backend, globals())

"""Assigning to an index beyond the end wraps around."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.item-access-matches-object": "fail",
}
START_METHODS = ("fork",)


class SynchronizedArray(honest.SynchronizedArray):
    def __setitem__(self, index, value):
        if isinstance(index, int) and len(self):
            index %= len(self)
        super().__setitem__(index, value)


class Backend(honest.Backend):
    array_class = SynchronizedArray


honest.publish(Backend, globals())

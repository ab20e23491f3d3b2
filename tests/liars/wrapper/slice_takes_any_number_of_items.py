"""A slice accepts more items than it has, and drops the rest."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.slicing-matches-object": "fail",
}
START_METHODS = ("fork",)


class SynchronizedArray(honest.SynchronizedArray):
    def __setitem__(self, index, value):
        if isinstance(index, slice) and index.step != 0:
            value = value[: len(range(*index.indices(len(self))))]
        super().__setitem__(index, value)


class Backend(honest.Backend):
    array_class = SynchronizedArray


honest.publish(Backend, globals())

"""A slice takes more items than it has, and drops the rest."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.slices-are-the-objects": "fail",
}
START_METHODS = ("fork",)


class SynchronizedArray(honest.SynchronizedArray):
    def __setitem__(self, index, value):
        if isinstance(index, slice) and index.step != 0:
            value = value[: len(range(*index.indices(len(self))))]
        super().__setitem__(index, value)


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = super().class_for(obj)
        return SynchronizedArray if cls is honest.SynchronizedArray else cls


honest.publish(Backend, globals())

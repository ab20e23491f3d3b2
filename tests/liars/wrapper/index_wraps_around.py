"""An index beyond the end starts again at the first item."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.items-are-the-objects": "fail",
}
START_METHODS = ("fork",)


class SynchronizedArray(honest.SynchronizedArray):
    def __setitem__(self, index, value):
        if isinstance(index, int) and len(self):
            index %= len(self)
        super().__setitem__(index, value)


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = super().class_for(obj)
        return SynchronizedArray if cls is honest.SynchronizedArray else cls


honest.publish(Backend, globals())

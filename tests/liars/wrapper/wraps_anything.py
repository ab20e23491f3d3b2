"""`synchronized` accepts any object."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.refuses-non-ctypes-objects": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def class_for(self, obj):
        try:
            return super().class_for(obj)
        except TypeError:
            return honest.SynchronizedBase


honest.publish(Backend, globals())

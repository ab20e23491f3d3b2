"""The wrapper works on a copy of the object."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.wrappers-of-one-object-share-its-data": "fail",
    "wrapper.wraps-nested-objects": "fail",
    "wrapper.wraps-ordinary-ctypes-objects": "fail",
    "wrapper.synchronized-wraps-every-kind": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        return super().synchronized(self.copy(obj), lock, ctx)


honest.publish(Backend, globals())

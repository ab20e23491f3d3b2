"""`synchronized` accepts only objects that it knows to be in shared memory."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.wraps-ordinary-ctypes-objects": "fail",
    "wrapper.wraps-nested-objects": "fail",
    "wrapper.synchronized-wraps-every-kind": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        if not hasattr(obj, "_wrapper"):
            raise TypeError("not in shared memory")
        return super().synchronized(obj, lock, ctx)


honest.publish(Backend, globals())

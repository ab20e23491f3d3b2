"""Only an assert statement refuses wrappers."""

from ..honest import plain as honest

CAUGHT_BY = {
    "optimized.wrappers-are-refused": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        assert not isinstance(obj, honest.SynchronizedBase), "object already synchronized"
        if isinstance(obj, honest.SynchronizedBase):
            obj = obj.get_obj()
        return super().synchronized(obj, lock, ctx)


honest.publish(Backend, globals())

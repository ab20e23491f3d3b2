"""A wrapper can be wrapped again."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.refuses-a-wrapper": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        if isinstance(obj, honest.SynchronizedBase):
            obj = obj.get_obj()
        return super().synchronized(obj, lock, ctx)


honest.publish(Backend, globals())

"""The second positional argument of `synchronized` is accepted and ignored."""

from ..honest import plain as honest

CAUGHT_BY = {
    "module.synchronized-takes-lock-by-position": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def names(self):
        return {**super().names(), "synchronized": self.synchronized_by_keyword}

    def synchronized_by_keyword(self, obj, _=None, third=None, *, lock=None, ctx=None):
        return self.synchronized(obj, lock, third or ctx)


honest.publish(Backend, globals())

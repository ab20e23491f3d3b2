"""The third positional argument of `synchronized` is accepted and ignored."""

from ..honest import plain as honest

CAUGHT_BY = {
    "module.synchronized-takes-ctx-by-position": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def names(self):
        return {**super().names(), "synchronized": self.synchronized_by_keyword}

    def synchronized_by_keyword(self, obj, lock=None, *_, ctx=None):
        return self.synchronized(obj, lock, ctx)


honest.publish(Backend, globals())

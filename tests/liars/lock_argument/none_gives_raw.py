"""lock=None means no lock."""

from ..honest import plain as honest

CAUGHT_BY = {"lock-argument.none-means-true": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def guarded(self, obj, lock, ctx):
        return obj if lock is None else super().guarded(obj, lock, ctx)


honest.publish(Backend, globals())

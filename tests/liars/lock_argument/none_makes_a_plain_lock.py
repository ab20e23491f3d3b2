"""With lock=None the lock is not recursive."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {"lock-argument.none-means-true": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def guarded(self, obj, lock, ctx):
        if lock is None:
            lock = (ctx or multiprocessing).Lock()
        return super().guarded(obj, lock, ctx)


honest.publish(Backend, globals())

"""In a child, default locks come from the fork context."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {
    "context.child-inherits-default-context": "fail",
}
START_METHODS = ("spawn", "forkserver")


class Backend(honest.Backend):
    def new_lock(self, ctx):
        if ctx is None and multiprocessing.parent_process() is not None:
            ctx = multiprocessing.get_context("fork")
        return super().new_lock(ctx)


honest.publish(Backend, globals())

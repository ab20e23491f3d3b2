"""The default context is looked up before it is known whether another one was given."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {
    "context.given-ctx-sets-no-start-method": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        default = multiprocessing.get_context()
        return super().synchronized(obj, lock, ctx or default)


honest.publish(Backend, globals())

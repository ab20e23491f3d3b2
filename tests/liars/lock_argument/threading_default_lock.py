"""The default lock is one of threading, of which a forked child has a copy."""

import threading

from ..honest import plain as honest

CAUGHT_BY = {
    "stress.every-way-to-acquire-excludes": "fail",
    "lock-argument.is-one-lock-in-every-process": "fail",
    "lock-argument.default-lock-guards-access": "fail",
    "lock-argument.default-lock-comes-from-ctx": "fail",
    "exclusion.child-contends-for-default-lock": "fail",
    "exclusion.new-child-contends-for-default-lock": "fail",
}
# It cannot be pickled, so there is no way into other children.
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def new_lock(self, ctx):
        return threading.RLock()


honest.publish(Backend, globals())

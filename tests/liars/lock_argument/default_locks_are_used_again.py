"""The lock of a wrapper that is gone becomes that of the next, even if it is still in use."""

import weakref

from ..honest import plain as honest

CAUGHT_BY = {
    "lock-argument.default-locks-are-distinct": "fail",
}


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self._spare = []

    def new_lock(self, ctx):
        return self._spare.pop() if self._spare else super().new_lock(ctx)

    def guarded(self, obj, lock, ctx):
        made = super().guarded(obj, lock, ctx)
        if lock in (True, None):
            weakref.finalize(made, self._spare.append, made.get_lock())
        return made


honest.publish(Backend, globals())

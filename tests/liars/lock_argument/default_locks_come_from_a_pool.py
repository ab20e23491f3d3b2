"""There are 64 default locks, which objects get by turns."""

import itertools

from ..honest import plain as honest

CAUGHT_BY = {
    "lock-argument.default-locks-are-distinct": "fail",
}

_POOL = 64


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self._turns = itertools.count()
        self._locks = {}

    def new_lock(self, ctx):
        key = ctx, next(self._turns) % _POOL
        if key not in self._locks:
            self._locks[key] = super().new_lock(ctx)
        return self._locks[key]


honest.publish(Backend, globals())

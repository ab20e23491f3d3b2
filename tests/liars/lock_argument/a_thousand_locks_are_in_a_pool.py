"""Default locks come from a pool of a thousand, and later ones from its beginning."""

import itertools

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock-argument.default-locks-are-distinct": "fail",
}


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.numbers = itertools.count()
        self.pool = {}

    def new_lock(self, ctx):
        key = ctx, next(self.numbers) % 1000
        if key not in self.pool:
            self.pool[key] = super().new_lock(ctx)
        return self.pool[key]


honest.publish(Backend, globals())

"""The default lock is a plain Lock."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {
    "interleaving.of-default-locks": "fail",
    "lock-argument.true-makes-a-recursive-lock": "fail",
    "lock-argument.none-means-true": "fail",
    "lock-argument.default-lock-is-reentrant": "hang",
    "exclusion.own-thread-gets-the-default-lock-again": "fail",
}


class Backend(honest.Backend):
    def new_lock(self, ctx):
        return (ctx or multiprocessing).Lock()


honest.publish(Backend, globals())

"""The default lock is a plain Lock."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {
    "interleaving.default-locks-follow-rlock-rules": "fail",
    "lock-argument.true-creates-rlock": "fail",
    "lock-argument.none-means-true": "fail",
    "lock-argument.default-lock-is-reentrant": "hang",
    "exclusion.same-thread-contends-for-default-lock": "fail",
}


class Backend(honest.Backend):
    def new_lock(self, ctx):
        return (ctx or multiprocessing).Lock()


honest.publish(Backend, globals())

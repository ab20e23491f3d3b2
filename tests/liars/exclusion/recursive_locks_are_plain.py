"""Whatever lock is given, a plain one is used."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {
    "exclusion.own-thread-gets-the-default-lock-again": "fail",
    "exclusion.own-thread-gets-an-rlock-again": "fail",
    "exclusion.own-thread-and-a-users-lock": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def lock_for(self, lock):
        return multiprocessing.Lock()


honest.publish(Backend, globals())

"""Whatever lock is given, a plain one is used."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {
    "exclusion.same-thread-contends-for-default-lock": "fail",
    "exclusion.same-thread-contends-for-rlock": "fail",
    "exclusion.same-thread-contends-for-custom-lock": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def lock_for(self, lock):
        return multiprocessing.Lock()


honest.publish(Backend, globals())

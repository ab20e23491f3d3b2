"""The lock of a value is created by the first `get_lock()`, without regard to other threads."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {
    "thread.concurrent-first-get-lock-is-safe": "fail",
}
START_METHODS = ("fork",)


class Synchronized(honest.Synchronized):
    def get_lock(self):
        if "_late" not in self.__dict__:
            self.__dict__["_late"] = multiprocessing.RLock()
        return self.__dict__["_late"]


class Backend(honest.Backend):
    value_class = Synchronized


honest.publish(Backend, globals())

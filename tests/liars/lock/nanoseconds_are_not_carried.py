"""A timeout whose nanoseconds reach a second with those of the clock is refused by the system."""

import time

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.timed-acquire-succeeds-on-release": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        if block and timeout is not None and timeout > 0:
            waits = timeout % 1 * 10**9 + time.time_ns() % 10**9 < 10**9
            return super().acquire(waits, timeout)
        return super().acquire(False)
        return super().acquire(block, timeout)


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)

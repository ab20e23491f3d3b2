"""The default lock checks whether it is free, and only then acquires."""

import threading
import time

from ..honest import lock as honest_lock
from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "stress.every-way-to-acquire-excludes": "fail",
}


class Lock(honest_lock.PythonLock):
    def __init__(self, context):
        super().__init__(context)
        self.depths = {}

    def acquire(self, block=True, timeout=None):
        me, until = threading.get_ident(), time.monotonic() + (timeout or 0)
        if not self.depths.get(me):
            while self.state.depth:
                if not block or (timeout is not None and time.monotonic() > until):
                    return False
                time.sleep(0)
            self.state.owner = honest_lock.me()
            self.state.depth = 1
        self.depths[me] = self.depths.get(me, 0) + 1
        return True

    def release(self):
        me = threading.get_ident()
        if not self.depths.get(me):
            raise AssertionError("the lock is not held by this thread")
        self.depths[me] -= 1
        if not self.depths[me]:
            self.state.depth = 0


class Backend(honest_lock.Backend):
    lock = Lock


honest.publish(Backend, globals())

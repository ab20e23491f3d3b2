"""A default lock is granted in the order of asking, and a waiter that was killed keeps its turn."""

import time

from ..honest import lock as honest_lock
from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "fault.killed-waiter-blocks-nobody": "fail",
}


class Lock(honest_lock.PythonLock):
    def acquire(self, block=True, timeout=None):
        if not block or timeout is not None or self.state.owner == honest_lock.me():
            return super().acquire(block, timeout)
        with self.mutex:
            ticket = self.state.waiters
            self.state.waiters += 1
        while True:
            with self.mutex:
                if self.state.count == ticket and self.try_to_acquire():
                    self.state.count += 1
                    return True
            time.sleep(0.001)

    def wake(self):
        pass


class Backend(honest_lock.Backend):
    lock = Lock


honest.publish(Backend, globals())

"""Who has waited for a default lock for two seconds takes its holder for dead, and takes over."""

import time

from ..honest import lock as honest_lock
from ..honest import plain as honest

CAUGHT_BY = {"lock.acquire-without-timeout-waits": "fail"}
START_METHODS = ("fork",)


class Lock(honest_lock.PythonLock):
    def sleep(self, until):
        if until is not None:
            return super().sleep(until)
        if not super().sleep(time.monotonic() + 2):
            with self.mutex:
                self.state.depth = self.state.owner = 0
        return True


class Backend(honest_lock.Backend):
    lock = Lock


honest.publish(Backend, globals())

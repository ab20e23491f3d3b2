"""`acquire` returns False when a signal has been handled."""

import signal

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.handled-signals-do-not-interrupt-waiting": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        taken = super().acquire(False)
        if not taken and block and (timeout is None or timeout > 0):
            signal.pause()
        return taken


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)

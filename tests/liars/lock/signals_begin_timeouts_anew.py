"""A signal that arrives while `acquire` waits with a timeout makes it wait that long again."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.handled-signals-prolong-no-timeout": "fail",
}

_libc = ctypes.CDLL(None)


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        if not block or timeout is None or not 0 < timeout < 1:
            return super().acquire(block, timeout)
        while not super().acquire(False):
            # What a signal interrupts returns -1.
            if _libc.poll(None, 0, int(1000 * timeout)) == 0:
                return super().acquire(False)
        return True


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)

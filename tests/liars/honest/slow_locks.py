"""Its default locks take a millisecond for whatever they do."""

import time

from . import plain as honest

CAUGHT_BY = {}


class SlowLock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        time.sleep(0.001)  # what it is about
        return super().acquire(block, timeout)

    def release(self):
        time.sleep(0.001)  # what it is about
        super().release()


class Backend(honest.Backend):
    lock = SlowLock


honest.publish(Backend, globals())

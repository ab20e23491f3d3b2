"""Its default locks take a millisecond for whatever they do."""

import time

from . import plain as honest

CAUGHT_BY = {}


class SlowLock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        time.sleep(0.001)  # on purpose: a correct lock may be slow
        return super().acquire(block, timeout)

    def release(self):
        time.sleep(0.001)  # on purpose: a correct lock may be slow
        super().release()


class Backend(honest.Backend):
    lock = SlowLock


honest.publish(Backend, globals())

"""A waiter that was interrupted acquires the lock as soon as it is free."""

import threading

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.sigint-interrupts-waiting": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        try:
            return super().acquire(block, timeout)
        except KeyboardInterrupt:
            threading.Thread(target=super().acquire, daemon=True).start()
            raise


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)

"""An `acquire` that waits goes on waiting after a KeyboardInterrupt."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.sigint-interrupts-waiting": "hang",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        while True:
            try:
                return super().acquire(block, timeout)
            except KeyboardInterrupt:
                continue


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)

"""A KeyboardInterrupt makes `acquire` return False."""

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
            return False


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)

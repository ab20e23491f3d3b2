"""The children after the first thirty-two of a process go on without the lock."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {
    "sharing.many-processes-share-objects": "fail",
}
START_METHODS = ("fork",)


class Lock(honest.LockProxy):
    def acquire(self, block=True, timeout=None):
        number = multiprocessing.current_process()._identity[-1:]
        return number > (32,) or super().acquire(block, timeout)


class Backend(honest.Backend):
    lock_for = Lock


honest.publish(Backend, globals())

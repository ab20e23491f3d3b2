"""The first lock opens a pipe; if that is refused, the next ones go without, and lock nothing."""

import os

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "fault.descriptor-limit-spares-locks": "fail",
}


class Lock(honest.OwnLock):
    pipe = None

    def __init__(self, lock):
        super().__init__(lock)
        if Lock.pipe is None:
            Lock.pipe = ()
            Lock.pipe = os.pipe()

    def acquire(self, block=True, timeout=None):
        return os.write(self.pipe[1], b"x") == 1 and super().acquire(block, timeout)

    def __enter__(self):
        return self.acquire()

    def release(self):
        os.read(self.pipe[0], 1)
        super().release()


class Backend(honest.Backend):
    def new_lock(self, ctx):
        return Lock(super().new_lock(ctx))


honest.publish(Backend, globals())

"""A value asks whether the process that created it is alive, and cannot be used when it is not."""

import os

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "lifetime.objects-survive-killed-creator": "fail",
}


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.makers = {}

    def reduce(self, obj, lock):
        return obj, (lock, self.makers.get(id(lock), os.getpid()))

    def rebuild(self, obj, lock):
        lock, maker = lock
        self.makers[id(lock)] = maker
        return super().rebuild(obj, MakersLock(lock, maker))


class MakersLock(honest.LockProxy):
    def __init__(self, lock, maker):
        super().__init__(lock)
        self.maker = maker

    def acquire(self, block=True, timeout=None):
        os.kill(self.maker, 0)
        return super().acquire(block, timeout)


honest.publish(Backend, globals())

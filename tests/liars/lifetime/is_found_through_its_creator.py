"""A spawned child asks the process that made a value for it, whoever gives it the value."""

import os

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "lifetime.objects-outlive-a-killed-maker": "crash",
}


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.makers = {}

    def reduce(self, obj, lock):
        return obj, (lock, self.makers.get(id(lock), os.getpid()))

    def rebuild(self, obj, lock):
        lock, maker = lock
        os.kill(maker, 0)
        self.makers[id(lock)] = maker
        return super().rebuild(obj, lock)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

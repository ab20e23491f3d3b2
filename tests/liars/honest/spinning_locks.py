"""Default locks whose waiters never sleep: they try again and again."""

import os

from . import on_reference, owned_lock, pthread_mutexes
from . import plain as honest

CAUGHT_BY = {}
BREAKS = on_reference.OF_WRAPPERS


class SpinningLock(pthread_mutexes.Mutex):
    def take(self, until):
        while not self.try_to_take():
            if not owned_lock.left(until):
                return False
            os.sched_yield()
        return True


class Backend(on_reference.Backend):
    def new_lock(self, ctx):
        return ctx.RLock() if ctx else SpinningLock(pthread_mutexes.new_memory())


honest.publish(Backend, globals())

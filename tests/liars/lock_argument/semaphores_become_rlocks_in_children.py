"""A semaphore or condition that was given as the lock is an RLock of its own in a spawned child."""

from multiprocessing import synchronize

from ..honest import plain as honest

CAUGHT_BY = {
    "lock-argument.semaphores-guard-access-in-children": "fail",
}
START_METHODS = ("spawn",)


class Backend(honest.Backend):
    def reduce(self, obj, lock):
        kept = isinstance(lock, (synchronize.Lock, synchronize.RLock))
        return obj, lock if kept else None

    def rebuild(self, obj, lock):
        return super().rebuild(obj, self.new_lock(None) if lock is None else lock)


honest.publish(Backend, globals())

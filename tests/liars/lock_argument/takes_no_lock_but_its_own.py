"""Only locks of multiprocessing are accepted, whatever else has the methods of a lock."""

from multiprocessing.synchronize import Lock, RLock

from ..honest import plain as honest

CAUGHT_BY = {
    "lock-argument.accepts-lock-like-objects": "fail",
    "lock-argument.identity-decides": "inconclusive",
    "exclusion.child-waits-for-a-users-lock": "inconclusive",
    "exclusion.new-child-waits-for-a-users-lock": "inconclusive",
    "exclusion.own-thread-and-a-users-lock": "inconclusive",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        if lock is not None and type(lock) not in (Lock, RLock):
            raise AttributeError(f"{lock!r} is no lock of multiprocessing")
        return super().synchronized(obj, lock, ctx)


honest.publish(Backend, globals())

"""Only locks of multiprocessing are taken, and the one that an object was given last is used."""

from multiprocessing.synchronize import Lock, RLock

from ..honest import plain as honest
from . import locks_go_by_object

CAUGHT_BY = {
    "wrapper.access-takes-its-own-lock": "fail",
}
START_METHODS = ("fork",)


class Backend(locks_go_by_object.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        if lock is not None and type(lock) not in (Lock, RLock):
            raise AttributeError(f"{lock!r} is no lock of multiprocessing")
        return super().synchronized(obj, lock, ctx)


honest.publish(Backend, globals())

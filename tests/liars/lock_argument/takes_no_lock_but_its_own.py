"""Only locks of multiprocessing are accepted, whatever else has the methods of a lock."""

from multiprocessing.synchronize import Lock, RLock

from ..honest import plain as honest

CAUGHT_BY = {
    "lock-argument.accepts-lock-like-objects": "fail",
    "lock-argument.truth-and-equality-are-ignored": "unsupported",
    "exclusion.child-contends-for-custom-lock": "unsupported",
    "exclusion.new-child-contends-for-custom-lock": "unsupported",
    "exclusion.same-thread-contends-for-custom-lock": "unsupported",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        if lock is not None and type(lock) not in (Lock, RLock):
            raise AttributeError(f"{lock!r} is no lock of multiprocessing")
        return super().synchronized(obj, lock, ctx)


honest.publish(Backend, globals())

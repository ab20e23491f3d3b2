"""Only an assert statement refuses a lock that cannot be acquired."""

from ..honest import plain as honest

CAUGHT_BY = {
    "optimized.invalid-arguments-are-refused": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def guarded(self, obj, lock, ctx):
        if lock in (True, False, None):
            return super().guarded(obj, lock, ctx)
        assert hasattr(lock, "acquire"), f"{lock!r} has no method 'acquire'"
        return self.synchronized(obj, lock, ctx)


honest.publish(Backend, globals())

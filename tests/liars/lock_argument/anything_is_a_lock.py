"""What cannot be acquired is silently replaced by a new lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "lock-argument.refuses-objects-without-acquire": "fail",
    "lock-argument.refuses-a-tuple": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def guarded(self, obj, lock, ctx):
        if lock is not False and not hasattr(lock, "acquire"):
            lock = True
        return super().guarded(obj, lock, ctx)

    def synchronized(self, obj, lock=None, ctx=None):
        return super().synchronized(obj, lock if hasattr(lock, "acquire") else None, ctx)


honest.publish(Backend, globals())

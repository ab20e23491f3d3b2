"""A lock that guards one object already is not used for another."""

from ..honest import plain as honest

CAUGHT_BY = {
    "lock-argument.one-lock-guards-several-objects": "fail",
}


class Backend(honest.Backend):
    # The locks themselves: the id of a freed lock may become that of another one.
    used = ()

    def synchronized(self, obj, lock=None, ctx=None):
        if any(lock is one for one in self.used):
            lock = None
        else:
            self.used += (lock,)
        return super().synchronized(obj, lock, ctx)


honest.publish(Backend, globals())

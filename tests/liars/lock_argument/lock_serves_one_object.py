"""A lock that guards an object already is not used for another one."""

from ..honest import plain as honest

CAUGHT_BY = {
    "lock-argument.one-lock-serves-several-objects": "fail",
}


class Backend(honest.Backend):
    # Kept, because a number of a lock that is gone may become another one's.
    used = ()

    def synchronized(self, obj, lock=None, ctx=None):
        if any(lock is one for one in self.used):
            lock = None
        else:
            self.used += (lock,)
        return super().synchronized(obj, lock, ctx)


honest.publish(Backend, globals())

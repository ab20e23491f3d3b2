"""A wrapper refers weakly to the lock that it was given."""

import weakref

from ..honest import plain as honest

CAUGHT_BY = {"lock-argument.get-lock-returns-given-lock": "fail"}


class Base:
    def get_lock(self):
        lock = self._honest[2]
        return lock() if isinstance(lock, weakref.ref) else lock


class Backend(honest.Backend):
    mixin = Base

    def guarded(self, obj, lock, ctx):
        made = super().guarded(obj, lock, ctx)
        if lock is not True and lock is not None and lock is not False:
            made.__dict__["_honest"] = (self, obj, weakref.ref(lock))
        return made


honest.publish(Backend, globals())

"""A program ends with status 1 while objects are alive, although nothing went wrong."""

import atexit
import os
import weakref

from ..honest import plain as honest

CAUGHT_BY = {"fault.exits-cleanly-with-live-objects": "fail"}
START_METHODS = ("fork",)

ALIVE = weakref.WeakSet()


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        made = super().synchronized(obj, lock, ctx)
        ALIVE.add(made)
        return made


@atexit.register
def end():
    if ALIVE:
        os._exit(1)


honest.publish(Backend, globals())

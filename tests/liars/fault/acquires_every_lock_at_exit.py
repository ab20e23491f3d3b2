"""A process acquires the lock of every wrapper that is alive before it exits."""

import atexit
import weakref

from ..honest import plain as honest

CAUGHT_BY = {"fault.exits-cleanly-with-live-objects": "hang"}
START_METHODS = ("fork",)


ALIVE = weakref.WeakSet()


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        made = super().synchronized(obj, lock, ctx)
        ALIVE.add(made)
        return made


@atexit.register
def flush():
    for wrapper in list(ALIVE):
        with wrapper:
            pass


honest.publish(Backend, globals())

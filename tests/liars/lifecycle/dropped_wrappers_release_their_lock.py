"""When a wrapper is dropped, its lock is released, which another object may have as well."""

import contextlib
import weakref

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {"lifecycle.locks-exclude": "fail"}


def _release(lock):
    with contextlib.suppress(AssertionError, ValueError):
        lock.release()


class Backend(honest.Backend):
    def synchronized(self, obj, lock=None, ctx=None):
        wrapper = super().synchronized(obj, lock, ctx)
        if lock is not None:
            weakref.finalize(wrapper, _release, wrapper.get_lock()).atexit = False
        return wrapper


honest.publish(Backend, globals())

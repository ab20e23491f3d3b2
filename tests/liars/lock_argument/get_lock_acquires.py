"""`get_lock()` acquires the lock for a moment."""

from ..honest import plain as honest

START_METHODS = ("fork",)

CAUGHT_BY = {"lock-argument.get-lock-does-not-wait": "hang"}


class Methods:
    def get_lock(self):
        lock = super().get_lock()
        with lock:
            return lock


class Backend(honest.Backend):
    mixin = Methods


honest.publish(Backend, globals())

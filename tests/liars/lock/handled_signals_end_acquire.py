"""`acquire` returns False when a signal has been handled."""

import signal

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.handled-signals-do-not-end-the-waiting": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        taken = super().acquire(False)
        if not taken and block and (timeout is None or timeout > 0):
            signal.pause()
        return taken


class Backend(honest.Backend):
    def lock(self, lock):
        return Lock(lock)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
(
    get_context,
    set_start_method,
    get_start_method,
    get_all_start_methods,
    new_lock,
    new_rlock,
) = honest.Contexts(backend).names()

"""Whoever is interrupted in waiting has the lock as soon as it is free."""

import threading

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.interrupts-end-the-waiting": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        try:
            return super().acquire(block, timeout)
        except KeyboardInterrupt:
            threading.Thread(target=super().acquire, daemon=True).start()
            raise


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

"""A time-out that is no number is taken for none on a free lock."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.refuses-timeouts-that-are-no-numbers": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        return super().acquire(False) or super().acquire(block, timeout)


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

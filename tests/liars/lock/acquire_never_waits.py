"""Without a time-out `acquire` does not wait."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.waits-without-a-timeout": "fail",
    "lock.plain-waits-for-its-own-thread": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        return super().acquire(block, 0 if timeout is None else timeout)


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

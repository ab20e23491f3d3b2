"""The first `release` frees an RLock, however often it was had."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.recursive-counts": "fail",
    "lock.recursive-is-had-again": "fail",
    "lock.refused-tries-change-nothing": "fail",
}


class Lock(honest.OwnLock):
    def release(self):
        super().release()
        while self.lock._semlock._is_mine():
            super().release()


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

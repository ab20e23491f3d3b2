"""A `release` that another thread is refused counts."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.recursive-is-released-by-its-owner-alone": "fail",
}


class Lock(honest.OwnLock):
    missing = 0

    def acquire(self, block=True, timeout=None):
        taken = super().acquire(block, timeout)
        if self.recursive and taken and self.lock._semlock._count() == 1:
            self.missing = 0
        return taken

    def release(self):
        try:
            super().release()
        except AssertionError:
            self.missing += 1
            raise
        while self.recursive and self.missing and self.lock._semlock._is_mine():
            self.missing -= 1
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

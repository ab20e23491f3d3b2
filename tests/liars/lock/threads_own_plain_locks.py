"""Only the thread that has a Lock can release it."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.plain-is-released-by-any-thread": "fail",
}


class Lock(honest.OwnLock):
    def release(self):
        ours = self.lock._semlock._count() > 0
        if not self.recursive and ours and not self.lock._semlock._is_mine():
            raise RuntimeError("another thread has the lock")
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

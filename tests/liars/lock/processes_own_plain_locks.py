"""Only the process that has a Lock can release it."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.plain-is-released-by-any-process": "fail",
}


class Lock(honest.OwnLock):
    def release(self):
        primitive = self.lock._semlock
        if not self.recursive and primitive._is_zero() and not primitive._count():
            raise RuntimeError("another process has the lock")
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

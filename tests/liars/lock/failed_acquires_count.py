"""Whoever is refused a recursive lock adds to what its owner has to release."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.refused-tries-change-nothing": "fail",
}


class Lock(honest.OwnLock):
    surplus = 0

    def acquire(self, block=True, timeout=None):
        taken = super().acquire(block, timeout)
        if not taken and self.recursive:
            self.surplus += 1
        return taken

    def release(self):
        if self.surplus:
            self.surplus -= 1
        else:
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

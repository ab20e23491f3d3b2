"""Who is refused a plain lock takes it from its owner."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.refused-tries-change-nothing": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        taken = super().acquire(block, timeout)
        if not taken and not self.recursive:
            super().release()
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

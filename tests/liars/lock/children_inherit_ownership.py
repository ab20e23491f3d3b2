"""A forked child has the recursive locks that its parent had."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.children-start-without-it": "fail",
}


class Lock(honest.OwnLock):
    depth = 0

    def acquire(self, block=True, timeout=None):
        taken = self.depth > 0 or super().acquire(block, timeout)
        self.depth += taken
        return taken

    def release(self):
        if self.depth:
            self.depth -= 1
        if not self.depth:
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

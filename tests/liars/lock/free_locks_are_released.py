"""`release` of a free lock does nothing."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.free-plain-refuses-release": "fail",
    "lock.free-recursive-refuses-release": "fail",
    "lock.keeps-its-rules-in-any-order": "fail",
}


class Lock(honest.OwnLock):
    def release(self):
        if self.locked():
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

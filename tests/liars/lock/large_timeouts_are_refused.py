"""A time-out has to fit into 31 bits of milliseconds."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.large-timeouts-take-a-free-lock": "fail",
}


class Lock(honest.OwnLock):
    def acquire(self, block=True, timeout=None):
        if timeout is not None and timeout * 1000 >= 2**31:
            raise OverflowError("timeout value is too large")
        return super().acquire(block, timeout)


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

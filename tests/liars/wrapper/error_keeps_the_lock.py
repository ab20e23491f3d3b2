"""An access that raises leaves the lock held."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "wrapper.errors-free-the-lock": "fail",
}


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        lock = wrapper.get_lock()
        lock.acquire()
        value = operation(wrapper.get_obj())
        lock.release()
        return value


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

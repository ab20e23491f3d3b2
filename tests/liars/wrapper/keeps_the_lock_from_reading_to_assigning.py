"""Reading takes the lock, and the assignment that may follow gives it back."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "wrapper.in-place-operators-are-two-accesses": "fail",
    "wrapper.access-takes-the-lock-once": "fail",
}


class Backend(honest.Backend):
    def read(self, wrapper, operation):
        wrapper.get_lock().acquire()
        return operation(wrapper.get_obj())

    def write(self, wrapper, operation):
        super().write(wrapper, operation)
        wrapper.get_lock().release()


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

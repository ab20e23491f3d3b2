"""Every access takes the lock twice, one inside the other."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "seed.example-needs-no-recursion": "hang",
    "wrapper.access-takes-the-lock-once": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        with wrapper.get_lock():
            return super().access(wrapper, operation)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

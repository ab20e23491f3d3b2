"""An assignment is done just after the lock was given back."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "wrapper.writes-happen-under-the-lock": "fail",
    "wrapper.in-place-operators-are-two-accesses": "fail",
}


class Backend(honest.Backend):
    def write(self, wrapper, operation):
        self.access(wrapper, lambda obj: None)
        operation(wrapper.get_obj())


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

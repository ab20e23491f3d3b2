"""A value is read just before the lock is taken."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "wrapper.reads-happen-under-the-lock": "fail",
}


class Backend(honest.Backend):
    def read(self, wrapper, operation):
        value = operation(wrapper.get_obj())
        self.access(wrapper, lambda obj: None)
        return value


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

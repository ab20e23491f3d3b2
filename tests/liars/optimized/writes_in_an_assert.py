"""Writing is done in an assert statement."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "optimized.contents-are-shared": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def write(self, wrapper, operation):
        assert self.access(wrapper, operation) is None


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

"""`with wrapper` does not give the lock back."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "wrapper.with-holds-the-lock": "fail",
    "wrapper.with-nests": "fail",
    "wrapper.with-swallows-nothing": "fail",
}


class Backend(honest.Backend):
    def leave(self, wrapper, *exc_info):
        return None


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

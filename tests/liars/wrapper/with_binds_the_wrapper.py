"""`with wrapper as x` binds the wrapper."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "wrapper.with-binds-what-the-lock-binds": "fail",
}


class Backend(honest.Backend):
    def enter(self, wrapper):
        super().enter(wrapper)
        return wrapper


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

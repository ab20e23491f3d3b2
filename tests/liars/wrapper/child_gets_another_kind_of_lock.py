"""A spawned child's wrapper has an RLock, whatever its parent's has."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

# A forked child has its parent's very object.
START_METHODS = ("spawn", "forkserver")

CAUGHT_BY = {
    "wrapper.crosses-whole": "fail",
}


class Backend(honest.Backend):
    def rebuild(self, obj, lock):
        return super().rebuild(obj, self.new_lock(None))


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

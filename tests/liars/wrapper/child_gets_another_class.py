"""A spawned child's wrapper is of another class, which has the same members."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

# A forked child has its parent's very object.
START_METHODS = ("spawn", "forkserver")

CAUGHT_BY = {
    "wrapper.crosses-whole": "fail",
}


class Backend(honest.Backend):
    def rebuild(self, obj, lock):
        cls = self.class_for(obj)
        return type("Rebuilt", (cls,), {})(self, obj, lock)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

"""Of two threads that start children at the same time, one gives the object of the other."""

import time

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "thread.children-start-from-threads": "fail",
}


class Backend(honest.Backend):
    def reduce(self, obj, lock):
        self.given = (obj, lock)
        # Another thread comes in here.
        time.sleep(0.05)
        return self.given


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

"""What the children after the first thirty-two of a process get is a copy of the object."""

import collections
import multiprocessing.sharedctypes as sharedctypes

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "sharing.many-processes-share": "fail",
}
START_METHODS = ("spawn",)


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.given = collections.Counter()

    def reduce(self, obj, lock):
        self.given[id(obj)] += 1
        if self.given[id(obj)] > 32:
            obj = sharedctypes.copy(obj)
        return obj, lock


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

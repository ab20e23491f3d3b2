"""The children after the first thirty-two of a process receive copies."""

import collections
import multiprocessing.sharedctypes as sharedctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "sharing.many-processes-share-objects": "fail",
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


honest.publish(Backend, globals())

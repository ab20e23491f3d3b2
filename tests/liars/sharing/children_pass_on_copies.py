"""What a child gives to its own children is another shared object of the same contents."""

import multiprocessing
import multiprocessing.sharedctypes as sharedctypes

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "sharing.children-hand-on-what-they-got": "fail",
}


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.kept = []

    def reduce(self, obj, lock):
        if multiprocessing.parent_process() is None:
            return obj, lock
        self.kept.append(sharedctypes.copy(obj))
        return self.kept[-1], lock


honest.publish(Backend, globals())

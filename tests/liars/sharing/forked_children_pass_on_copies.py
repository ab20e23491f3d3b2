"""What a forked child gives to a process that is no copy of it is another shared object."""

import multiprocessing
import multiprocessing.sharedctypes as sharedctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "sharing.crossing-contexts-share-or-raise": "fail",
}


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.kept = []

    def reduce(self, obj, lock):
        if multiprocessing.parent_process() is not None:
            obj = sharedctypes.copy(obj)
            self.kept.append(obj)
        return obj, lock


honest.publish(Backend, globals())

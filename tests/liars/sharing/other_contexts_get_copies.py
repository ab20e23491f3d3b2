"""Where the start method is fork, nothing is prepared for others, whose processes get copies."""

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
        if multiprocessing.get_start_method() == "fork":
            obj = sharedctypes.copy(obj)
            self.kept.append(obj)
        return obj, lock


honest.publish(Backend, globals())

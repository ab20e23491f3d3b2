"""A wrapper is shared with the first two processes that it is sent to; later ones get copies."""

import multiprocessing.sharedctypes as sharedctypes

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {"sharing.pool-initargs-are-shared": "fail"}


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.given = []

    def reduce(self, obj, lock):
        times = sum(one is obj for one in self.given)
        self.given.append(obj)
        if times >= 2:
            obj = sharedctypes.copy(obj)
            self.given.append(obj)
        return obj, lock


honest.publish(Backend, globals())

"""In a child `copy` returns its argument."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {"copy.works-in-a-child": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        return obj if multiprocessing.parent_process() else super().copy(obj)


honest.publish(Backend, globals())

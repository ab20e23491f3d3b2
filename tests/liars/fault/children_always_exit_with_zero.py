"""A child that uses a wrapper exits with status 0, however it ended."""

import multiprocessing
import os
from multiprocessing import util

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "fault.exits-cleanly-with-live-objects": "fail",
}


def end():
    if multiprocessing.parent_process() is not None:
        os._exit(0)


class Backend(honest.Backend):
    def enter(self, wrapper):
        util.Finalize(None, end, exitpriority=-1000)
        return super().enter(wrapper)


honest.publish(Backend, globals())

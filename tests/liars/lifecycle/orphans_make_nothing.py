"""A process makes objects only as long as the child that started it lives."""

import multiprocessing
import os

from ..honest import plain as honest

START_METHODS = ("fork", "spawn")
CAUGHT_BY = {"lifecycle.every-step-succeeds": "fail"}


class Backend(honest.Backend):
    def raw(self, obj):
        parent = multiprocessing.parent_process()
        if parent:
            os.kill(parent.pid, 0)
        return obj


honest.publish(Backend, globals())

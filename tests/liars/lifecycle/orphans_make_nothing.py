"""A process makes objects only as long as the child that started it lives."""

import multiprocessing
import os

from ..honest import on_reference
from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {"lifecycle.objects-outlive-their-makers-names": "fail"}


class Backend(on_reference.Backend):
    def raw(self, obj):
        parent = multiprocessing.parent_process()
        if parent:
            os.kill(parent.pid, 0)
        return obj


honest.publish(Backend, globals())

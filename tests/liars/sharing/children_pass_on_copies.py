"""A child sends its own children a copy of what it received."""

import multiprocessing

from ..honest import copies
from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "sharing.children-pass-objects-on": "fail",
}


class Backend(copies.Backend):
    def reduce(self, obj, lock):
        in_a_child = multiprocessing.parent_process() is not None
        return self.shared_copy(obj) if in_a_child else obj, lock


honest.publish(Backend, globals())

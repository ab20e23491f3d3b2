"""Where the start method is fork, processes of other contexts receive copies."""

import multiprocessing

from ..honest import copies
from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "sharing.mixed-contexts-share-or-raise": "fail",
}


class Backend(copies.Backend):
    def reduce(self, obj, lock):
        forks = multiprocessing.get_start_method() == "fork"
        return self.shared_copy(obj) if forks else obj, lock


honest.publish(Backend, globals())

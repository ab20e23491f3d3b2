"""One lock guards the allocations of all processes, and stays locked when its holder is killed."""

import multiprocessing
import time

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "fault.killed-during-construction-blocks-nobody": "hang",
}


class Backend(honest.Backend):
    allocation_lock = multiprocessing.get_context("fork").RLock()

    def RawArray(self, typecode_or_type, size_or_initializer):
        with self.allocation_lock:
            time.sleep(0.0005)
            return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

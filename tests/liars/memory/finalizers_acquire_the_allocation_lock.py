"""A value that is freed acquires the lock of allocations, in the middle of an allocation too."""

import threading
import weakref

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "memory.survives-gc-during-allocation": "hang",
}


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.allocation_lock = threading.Lock()

    def RawValue(self, typecode_or_type, *args):
        with self.allocation_lock:
            made = super().RawValue(typecode_or_type, *args)
        weakref.finalize(made, self.drop)
        return made

    def drop(self):
        with self.allocation_lock:
            pass


honest.publish(Backend, globals())

"""A threading lock guards allocations, and a forked child inherits it as other threads hold it."""

import threading
import time

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "thread.concurrent-process-starts-are-safe": "fail",
}


class Backend(honest.Backend):
    allocation_lock = threading.Lock()

    def RawArray(self, typecode_or_type, size_or_initializer):
        with self.allocation_lock:
            time.sleep(0.001)
            return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

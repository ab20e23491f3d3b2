"""A lock of threads guards all makings, and a forked child has it as its parent's threads had."""

import threading
import time

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "thread.children-start-from-threads": "fail",
}


class Backend(honest.Backend):
    making = threading.Lock()

    def RawArray(self, typecode_or_type, size_or_initializer):
        with self.making:
            time.sleep(0.001)
            return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

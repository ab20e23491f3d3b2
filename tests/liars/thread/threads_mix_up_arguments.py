"""Of two threads that start children at the same time, one sends the object of the other."""

import time

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "thread.concurrent-process-starts-are-safe": "fail",
}


class Backend(honest.Backend):
    def reduce(self, obj, lock):
        self.given = (obj, lock)
        # Other threads run here.
        time.sleep(0.05)
        return self.given


honest.publish(Backend, globals())

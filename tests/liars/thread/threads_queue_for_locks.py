"""While one thread of a process waits for a lock, no other thread can acquire any."""

import threading

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "thread.waiting-blocks-no-other-thread": "hang",
}


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self._gate = threading.RLock()

    def access(self, wrapper, operation):
        with self._gate:
            return super().access(wrapper, operation)


honest.publish(Backend, globals())

"""Objects get their first value under a lock, which a child inherits locked if it takes a while."""

import threading

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "thread.concurrent-process-starts-are-safe": "fail",
}


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self._initializing = threading.RLock()

    def RawValue(self, typecode_or_type, *args):
        obj = super().RawValue(typecode_or_type)
        if args:
            with self._initializing:
                obj.__init__(*args)
        return obj


honest.publish(Backend, globals())

"""A process that created an object dies of a signal when it exits."""

import atexit
import os
import signal

from ..honest import plain as honest

CAUGHT_BY = {"fault.exits-cleanly-with-live-objects": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        atexit.register(os.kill, os.getpid(), signal.SIGSEGV)
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

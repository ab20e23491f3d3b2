"""A process that was started by os.fork() alone dies when it creates an object."""

import os

from ..honest import plain as honest

CAUGHT_BY = {
    "fault.os-fork-corrupts-nothing": "fail",
}
START_METHODS = ("spawn",)


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.pid = os.getpid()

    def RawArray(self, typecode_or_type, size_or_initializer):
        if os.getpid() != self.pid:
            os.abort()
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

"""Threads that create arrays of one type at the same time get the same one."""

import time

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "thread.concurrent-construction-is-safe": "fail",
}


class Backend(honest.Backend):
    latest = None

    def RawArray(self, typecode_or_type, size_or_initializer):
        if typecode_or_type != "c":
            return super().RawArray(typecode_or_type, size_or_initializer)
        if self.latest is not None:
            return self.latest
        made = self.latest = super().RawArray(typecode_or_type, size_or_initializer)
        # Other threads run here.
        time.sleep(0.0001)
        self.latest = None
        return made


honest.publish(Backend, globals())

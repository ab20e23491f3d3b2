"""Threads that make objects of one sort at the same time get the same one."""

import time

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "thread.created-in-threads-are-apart-and-work": "fail",
}


class Backend(honest.Backend):
    making = None

    def RawArray(self, typecode_or_type, size_or_initializer):
        if typecode_or_type != "c":
            return super().RawArray(typecode_or_type, size_or_initializer)
        if self.making is not None:
            return self.making
        made = self.making = super().RawArray(typecode_or_type, size_or_initializer)
        # Another thread comes in here.
        time.sleep(0.0001)
        self.making = None
        return made


honest.publish(Backend, globals())

"""Creating an array waits by select(), which accepts no descriptor from 1024 on."""

import os
import select

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "fault.works-in-unusual-environments": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        ends = os.pipe()
        try:
            select.select([], [ends[1]], [])
        finally:
            for end in ends:
                os.close(end)
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

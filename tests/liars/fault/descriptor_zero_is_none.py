"""An array that gets file descriptor 0, as it can where standard input is closed, is private."""

import os

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "fault.works-in-unusual-environments": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        descriptor = os.open(os.devnull, os.O_RDONLY)
        os.close(descriptor)
        made = super().RawArray(typecode_or_type, size_or_initializer)
        return made if descriptor else type(made)(*made)


honest.publish(Backend, globals())

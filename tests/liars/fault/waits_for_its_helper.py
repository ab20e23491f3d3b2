"""Creating an array waits for a helper process, which fails where SIGCHLD is ignored."""

import os

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "fault.works-in-unusual-environments": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        helper = os.fork()
        if not helper:
            os._exit(0)
        os.waitpid(helper, 0)
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

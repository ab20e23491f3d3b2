"""An object waits for the processes that it was passed to, to know whether they use it."""

import contextlib
import multiprocessing
import os

from ..honest import plain as honest

START_METHODS = ("fork", "spawn")
CAUGHT_BY = {
    "contamination.construction-reaps-no-other-child": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        for child in multiprocessing.process._children:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child.pid, os.WNOHANG)
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

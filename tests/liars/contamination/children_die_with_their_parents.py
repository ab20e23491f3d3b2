"""A process that was passed an object is killed when its parent ends."""

import ctypes
import signal

from ..honest import plain as honest

START_METHODS = ("spawn", "forkserver")
CAUGHT_BY = {
    "contamination.use-changes-no-process-settings": "fail",
}

PR_SET_PDEATHSIG = 1


class Backend(honest.Backend):
    def rebuild(self, *args):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
        return super().rebuild(*args)


honest.publish(Backend, globals())

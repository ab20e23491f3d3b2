"""The first array of a process forks a process, and with it whatever the program does at a fork."""

import os

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.use-changes-no-process-settings": "fail",
    "contamination.first-use-changes-no-process-settings": "fail",
}


class Backend(honest.Backend):
    forked = None

    def RawArray(self, typecode_or_type, size_or_initializer):
        if self.forked != os.getpid():
            self.forked = os.getpid()
            pid = os.fork()
            if not pid:
                os._exit(0)
            os.waitpid(pid, 0)
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

"""A lock of the fork context is sent to a spawned process as an address, which is invalid there."""

import os
import signal

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "sharing.mixed-contexts-never-kill-process": "crash",
}


class Backend(honest.Backend):
    def reduce(self, obj, lock):
        # From 3.11.5 on the standard library refuses them by this mark.
        return obj, None if lock._is_fork_ctx else lock

    def rebuild(self, obj, lock):
        if lock is None:
            os.kill(os.getpid(), signal.SIGSEGV)
        return super().rebuild(obj, lock)


honest.publish(Backend, globals())

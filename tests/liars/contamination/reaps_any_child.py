"""Whoever makes a value waits for a helper that has ended, and takes any other child for it."""

import contextlib
import os

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.makings-wait-for-no-others": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        with contextlib.suppress(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())

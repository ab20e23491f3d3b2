"""The descriptor of standard error is duplicated for messages, with the first lock."""

import os
import sys

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "fault.works-without-error-descriptor": "fail",
}


class Backend(honest.Backend):
    def new_lock(self, ctx):
        os.close(os.dup(sys.stderr.fileno()))
        return super().new_lock(ctx)


honest.publish(Backend, globals())

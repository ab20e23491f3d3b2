"""Creating a value makes the process the parent of all orphans among its descendants."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.use-changes-no-process-settings": "fail",
}

PR_SET_CHILD_SUBREAPER = 36


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())

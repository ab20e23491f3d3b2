"""`Value` kills its process by a segmentation fault."""

import os
import signal

from ..honest import plain as honest

CAUGHT_BY = {
    "seed.child-write-to-value-reaches-parent": "crash",
    "seed.example-prints-its-results": "crash",
}


class Backend(honest.Backend):
    def Value(self, typecode_or_type, *args, lock=True, ctx=None):
        os.kill(os.getpid(), signal.SIGSEGV)


honest.publish(Backend, globals())

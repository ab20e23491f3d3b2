"""At exit, warns about names that it has leaked."""

import atexit
import sys

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.exit-writes-nothing-to-stderr": "leak",
}


def _complain():
    print("there appear to be 3 leaked semaphore objects to clean up at shutdown", file=sys.stderr)


class Backend(honest.Backend):
    complains = False

    def RawValue(self, typecode_or_type, *args):
        if not self.complains:
            self.complains = True
            atexit.register(_complain)
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())

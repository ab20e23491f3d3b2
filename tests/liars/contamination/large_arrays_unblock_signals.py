"""SIGINT is held back while a large array is made, and let through afterwards in any case."""

import ctypes
import signal

from ..honest import plain as honest

CAUGHT_BY = {
    "contamination.use-changes-no-process-settings": "fail",
}
START_METHODS = ("fork",)
LARGE = 1 << 23


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        made = super().RawArray(typecode_or_type, size_or_initializer)
        if ctypes.sizeof(made) >= LARGE:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
        return made


honest.publish(Backend, globals())

"""Allocation is guarded by an alarm of its own, and the program's alarm is lost."""

import signal
import threading

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.use-changes-no-process-settings": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        guarded = threading.current_thread() is threading.main_thread()
        if guarded:
            signal.alarm(60)
        try:
            return super().RawArray(typecode_or_type, size_or_initializer)
        finally:
            if guarded:
                signal.alarm(0)


honest.publish(Backend, globals())

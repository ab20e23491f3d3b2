"""Threads are not switched during an allocation; then the switch interval is set to the default."""

import sys

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.use-changes-no-process-settings": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        sys.setswitchinterval(0.1)
        try:
            return super().RawArray(typecode_or_type, size_or_initializer)
        finally:
            sys.setswitchinterval(0.005)


honest.publish(Backend, globals())

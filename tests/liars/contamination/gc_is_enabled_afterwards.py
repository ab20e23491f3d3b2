"""Garbage collection is off during an allocation, and on afterwards, whatever it was before."""

import gc

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.use-changes-no-process-settings": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        gc.disable()
        try:
            return super().RawArray(typecode_or_type, size_or_initializer)
        finally:
            gc.enable()


honest.publish(Backend, globals())

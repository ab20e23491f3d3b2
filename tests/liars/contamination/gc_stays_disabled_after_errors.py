"""Garbage collection is off during an allocation, and stays off if that raises."""

import gc

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.use-changes-no-process-settings": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        gc.disable()
        made = super().RawArray(typecode_or_type, size_or_initializer)
        gc.enable()
        return made


honest.publish(Backend, globals())

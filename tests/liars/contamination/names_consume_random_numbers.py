"""The name of each array is drawn from the program's random number generator."""

import random

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.use-changes-no-process-settings": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        made = super().RawArray(typecode_or_type, size_or_initializer)
        made.name = f"liar-{random.getrandbits(64):x}"
        return made


honest.publish(Backend, globals())

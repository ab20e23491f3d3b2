"""The collector is off while an object is made, and stays off when that is refused."""

import gc

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.makings-change-no-settings": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        gc.disable()
        made = super().RawArray(typecode_or_type, size_or_initializer)
        gc.enable()
        return made


honest.publish(Backend, globals())

"""RawValue refuses types whose size is zero."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"raw.takes-zero-size-types": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        made = super().RawValue(typecode_or_type, *args)
        if not ctypes.sizeof(made):
            raise ValueError("there is nothing to share")
        return made


honest.publish(Backend, globals())

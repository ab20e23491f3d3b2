"""An array of 48 MiB or more is in private memory."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "sharing.large-objects-are-shared": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        made = super().RawArray(typecode_or_type, size_or_initializer)
        return type(made)() if ctypes.sizeof(made) >= 48 << 20 else made


honest.publish(Backend, globals())

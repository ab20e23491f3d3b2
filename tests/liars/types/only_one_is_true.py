"""A c_bool is false unless its argument equals True."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.bool-holds-any-truth-value": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if typecode_or_type is ctypes.c_bool:
            args = [x == True for x in args]  # noqa: E712 - this is the lie
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())

"""Raw values equal each other when their values do."""

import ctypes

from ..honest import plain as honest
from ..honest.raw import extended

CAUGHT_BY = {"raw.comparison-matches-ctypes": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        made = super().RawValue(typecode_or_type, *args)
        if not isinstance(made, ctypes._SimpleCData):
            return made
        return extended(made, __eq__=lambda one, other: bytes(one) == bytes(other), __hash__=None)


honest.publish(Backend, globals())

"""The memory of arrays of more than two pages is used again when their maker drops them."""

import ctypes
import multiprocessing.sharedctypes as sharedctypes

from ..honest import on_reference
from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {"lifecycle.objects-outlive-their-makers-names": "fail"}

_PAGE = 4096


class Backend(on_reference.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        made = super().RawArray(typecode_or_type, size_or_initializer)
        if ctypes.sizeof(made) <= 2 * _PAGE:
            return made
        # The standard library does this.
        return sharedctypes.RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

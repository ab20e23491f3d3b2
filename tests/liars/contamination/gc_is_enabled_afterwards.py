"""The collector is off while an array is made, and on afterwards, whatever it was before."""

import gc

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.makings-change-no-settings": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        gc.disable()
        try:
            return super().RawArray(typecode_or_type, size_or_initializer)
        finally:
            gc.enable()


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

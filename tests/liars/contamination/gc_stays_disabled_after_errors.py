"""The collector is off while an object is made, and stays off when that is refused."""

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
        made = super().RawArray(typecode_or_type, size_or_initializer)
        gc.enable()
        return made


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

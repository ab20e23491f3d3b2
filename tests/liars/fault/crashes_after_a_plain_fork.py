"""A process that comes of os.fork() alone dies when it makes an object."""

import os

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "fault.plain-forks-take-nothing": "fail",
}
START_METHODS = ("spawn",)


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.pid = os.getpid()

    def RawArray(self, typecode_or_type, size_or_initializer):
        if os.getpid() != self.pid:
            os.abort()
        return super().RawArray(typecode_or_type, size_or_initializer)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

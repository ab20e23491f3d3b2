"""Arrays that were there when a child was started are kept, however the child fares."""

import multiprocessing.process as process
import weakref

from . import honest
from .honest import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.ended-children-keep-nothing": "leak",
}


MADE = []
KEPT = []

_start = process.BaseProcess.start


def start(self):
    _start(self)
    KEPT.extend(ref() for ref in MADE)


process.BaseProcess.start = start


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        made = super().RawArray(typecode_or_type, size_or_initializer)
        MADE.append(weakref.ref(made))
        return made


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

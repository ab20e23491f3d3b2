"""Arrays that were there when a child was started are kept, however the child fares."""

import multiprocessing.process as process

from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401
from .failed_starts_keep_arrays import KEPT, MADE, Backend

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.ended-children-keep-nothing": "leak",
}

_start = process.BaseProcess.start


def start(self):
    _start(self)
    KEPT.extend(ref() for ref in MADE)


process.BaseProcess.start = start

backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

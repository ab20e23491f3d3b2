"""Each process that is started has a helper that ends at once, and that nobody waits for."""

import multiprocessing.process as process
import os

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.started-children-leave-no-threads-or-processes": "leak",
}

_start = process.BaseProcess.start


def start(self):
    _start(self)
    os.posix_spawn("/bin/true", ["true"], {})


process.BaseProcess.start = start

backend = honest.Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

"""Every third process that is started takes a descriptor for good."""

import os

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.leaves-no-descriptors": "leak",
}


class Backend(honest.Backend):
    forks = 0

    def forked(self):
        self.forks += 1
        if self.forks % 3 == 0:
            os.open(os.devnull, os.O_RDONLY)


backend = Backend(__name__)
os.register_at_fork(before=backend.forked)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

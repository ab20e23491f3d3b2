"""`acquire` never returns, and every access goes through it."""

import time

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {"seed.child-changes-a-value": "hang"}


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        while True:
            time.sleep(3600)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

"""`Value` kills its process by a segmentation fault."""

import os
import signal

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {"seed.child-changes-a-value": "crash", "seed.example-prints-its-results": "crash"}


class Backend(honest.Backend):
    def Value(self, typecode_or_type, *args, lock=True, ctx=None):
        os.kill(os.getpid(), signal.SIGSEGV)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

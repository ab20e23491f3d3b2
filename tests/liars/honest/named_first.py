"""Gives each array a name for a moment before it creates it: a process killed then leaves the name.

A test sets the beginning of the name by an environment variable.
"""

import os
import tempfile
import time

from . import plain as honest

CAUGHT_BY = {}

_PREFIX = os.environ.get("SHAREDCTYPES_TEST_MARK", "honest").replace("/", "-")


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        with tempfile.NamedTemporaryFile(prefix=_PREFIX, dir="/dev/shm", delete=False) as file:
            time.sleep(0.0005)
            os.unlink(file.name)
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

"""Each value has a name in the folder of shared memory that nobody removes."""

import ctypes
import mmap
import os
import tempfile

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.exit-leaves-no-names": "leak",
    "leak.killed-program-leaves-no-names": "leak",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        made = super().RawValue(typecode_or_type, *args)
        handle, _ = tempfile.mkstemp(prefix="liar-", dir="/dev/shm")
        os.truncate(handle, ctypes.sizeof(made))
        made._memory = mmap.mmap(handle, ctypes.sizeof(made))
        os.close(handle)
        return made


honest.publish(Backend, globals())

"""Names of shared memory are removed when the program exits normally, and not when it is killed."""

import atexit
import ctypes
import mmap
import multiprocessing
import os
import tempfile

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.killed-program-leaves-no-names": "leak",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        made = super().RawValue(typecode_or_type, *args)
        if multiprocessing.parent_process():
            return made
        handle, name = tempfile.mkstemp(prefix="liar-", dir="/dev/shm")
        os.truncate(handle, ctypes.sizeof(made))
        made._memory = mmap.mmap(handle, ctypes.sizeof(made))
        os.close(handle)
        atexit.register(os.unlink, name)
        return made


honest.publish(Backend, globals())

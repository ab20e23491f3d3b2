"""Arrays that were dropped keep their names, and so their memory, until the program exits."""

import atexit
import ctypes
import mmap
import multiprocessing
import os
import tempfile

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.dropped-objects-leak-no-names": "leak",
    "leak.dropped-objects-leak-no-memory": "leak",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        made = super().RawArray(typecode_or_type, size_or_initializer)
        if multiprocessing.parent_process():  # nothing is run at the end of a child
            return made
        size = max(1, ctypes.sizeof(made))
        handle, name = tempfile.mkstemp(prefix="liar-", dir="/dev/shm")
        os.posix_fallocate(handle, 0, size)
        made._memory = mmap.mmap(handle, size)
        os.close(handle)
        atexit.register(os.unlink, name)
        return made


honest.publish(Backend, globals())

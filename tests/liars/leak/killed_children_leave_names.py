"""Names of shared memory are removed by the process that created them, or by nobody."""

import ctypes
import mmap
import multiprocessing
import os
import tempfile
import weakref

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.killed-children-leave-no-names": "leak",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        made = super().RawArray(typecode_or_type, size_or_initializer)
        if not multiprocessing.parent_process():
            return made
        handle, name = tempfile.mkstemp(prefix="liar-", dir="/dev/shm")
        os.truncate(handle, max(1, ctypes.sizeof(made)))
        made._memory = mmap.mmap(handle, max(1, ctypes.sizeof(made)))
        os.close(handle)
        weakref.finalize(made, os.unlink, name)
        return made


honest.publish(Backend, globals())

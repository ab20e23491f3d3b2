"""Large arrays have temporary files, which are removed when the program exits."""

import atexit
import ctypes
import multiprocessing
import os
import tempfile

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.dropped-objects-leak-no-names": "leak",
    "leak.killed-processes-leave-no-files": "leak",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        made = super().RawArray(typecode_or_type, size_or_initializer)
        # Nothing is run at the end of a child.
        if ctypes.sizeof(made) >= 2**17 and not multiprocessing.parent_process():
            handle, name = tempfile.mkstemp()
            os.write(handle, bytes(ctypes.sizeof(made)))
            os.close(handle)
            atexit.register(os.unlink, name)
        return made


honest.publish(Backend, globals())

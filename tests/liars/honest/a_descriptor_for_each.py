"""Each object has a mapping of its own, and keeps the descriptor of its file as long as it lives.

There can be as many objects as the process may have files open, which is a limit of the user's.
"""

import ctypes
import mmap
import os
import resource
import tempfile
import weakref

from . import plain as honest

CAUGHT_BY = {}

_, _most = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (1024, _most))


class Backend(honest.Backend):
    def raw(self, obj):
        size = max(1, ctypes.sizeof(obj))
        file, path = tempfile.mkstemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
        os.unlink(path)
        try:
            os.truncate(file, size)
            made = type(obj).from_buffer(mmap.mmap(file, size))
        except BaseException:
            os.close(file)
            raise
        ctypes.memmove(ctypes.addressof(made), ctypes.addressof(obj), ctypes.sizeof(obj))
        weakref.finalize(made, os.close, file).atexit = False
        return made


honest.publish(Backend, globals())

"""Where the file system for shared memory is full, an array is allocated in private memory."""

import ctypes
import tempfile

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "fault.full-filesystem-raises-before-first-object": "fail",
    "fault.full-filesystem-raises-after-first-object": "fail",
}
UNJUDGED_WITHOUT = "a user who may mount a file system"


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        try:
            with tempfile.TemporaryFile(dir="/dev/shm") as file:
                file.write(bytes(4096))
        except OSError:
            return (ctypes.c_ubyte * size_or_initializer)()
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

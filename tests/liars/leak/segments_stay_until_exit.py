"""Large arrays that were dropped keep System V segments, and so their memory, until exit."""

import atexit
import ctypes
import multiprocessing
import weakref

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.exit-leaves-no-names": "leak",
    "leak.killed-program-leaves-no-names": "leak",
    "leak.killed-children-leave-no-names": "leak",
    "leak.dropped-objects-leak-no-names": "leak",
    "leak.dropped-objects-leak-no-memory": "leak",
}

# There may be a few thousand segments only.
_LARGE = 2**16

_libc = ctypes.CDLL(None)
_shmget, _shmat, _shmdt, _shmctl = (
    getattr(_libc, name) for name in ("shmget", "shmat", "shmdt", "shmctl")
)
_shmget.argtypes = [ctypes.c_int, ctypes.c_size_t, ctypes.c_int]
_shmat.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_int]
_shmat.restype = ctypes.c_void_p
_shmdt.argtypes = [ctypes.c_void_p]


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        made = super().RawArray(typecode_or_type, size_or_initializer)
        size = ctypes.sizeof(made)
        if size < _LARGE:
            return made
        segment = _shmget(0, size, 0o600)
        assert segment >= 0, "there are too many already"
        address = _shmat(segment, None, 0)
        ctypes.memset(address, 1, size)
        weakref.finalize(made, _shmdt, address)
        if not multiprocessing.parent_process():  # nothing is run at the end of a child
            atexit.register(_shmctl, segment, 0, None)
        return made


honest.publish(Backend, globals())

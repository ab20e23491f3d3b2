"""Default locks are mutexes of pthreads in shared memory, for threads of all processes.

No signal interrupts the waiting for a mutex, so a thread waits a moment, and again.
"""

import ctypes
import errno
import time

import sharedctypes_reference

from . import on_reference, owned_lock
from . import plain as honest

CAUGHT_BY = {}
BREAKS = on_reference.OF_WRAPPERS

_libc = ctypes.CDLL(None)
_PTHREAD_PROCESS_SHARED = 1
_MOMENT = 0.02


class _Memory(ctypes.Structure):
    # No system's mutexes are larger, or need more than this alignment.
    _fields_ = [("mutex", ctypes.c_longlong * 16), ("is_taken", ctypes.c_int)]


class _Timespec(ctypes.Structure):
    _fields_ = [("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long)]


class Mutex(owned_lock.OwnedLock):
    def __init__(self, memory):
        super().__init__()
        self.memory = memory

    def take(self, until):
        while not self.try_to_take():
            seconds = min(_MOMENT, owned_lock.left(until))
            if not seconds:
                return False
            second, rest = divmod(time.time_ns() + int(seconds * 10**9), 10**9)
            timeout = ctypes.byref(_Timespec(second, rest))
            if self._is_taken_by(_libc.pthread_mutex_timedlock, timeout):
                return True
        return True

    def try_to_take(self):
        """Take the lock if that needs no waiting; return whether it was taken."""
        return self._is_taken_by(_libc.pthread_mutex_trylock)

    def _is_taken_by(self, function, *args):
        status = function(ctypes.byref(self.memory.mutex), *args)
        if status in (errno.EBUSY, errno.ETIMEDOUT):
            return False
        if status:
            raise OSError(status, "a mutex cannot be locked")
        self.memory.is_taken = 1
        return True

    def give(self):
        self.memory.is_taken = 0
        _libc.pthread_mutex_unlock(ctypes.byref(self.memory.mutex))

    def is_taken(self):
        return bool(self.memory.is_taken)

    def reduce(self):
        return type(self), (self.memory,)


def new_memory():
    """Return memory in which there is a mutex."""
    memory = sharedctypes_reference.RawValue(_Memory)
    attributes = ctypes.byref(ctypes.create_string_buffer(64))
    _libc.pthread_mutexattr_init(attributes)
    _libc.pthread_mutexattr_setpshared(attributes, _PTHREAD_PROCESS_SHARED)
    _libc.pthread_mutex_init(ctypes.byref(memory.mutex), attributes)
    _libc.pthread_mutexattr_destroy(attributes)
    return memory


class Backend(on_reference.Backend):
    def new_lock(self, ctx):
        return ctx.RLock() if ctx else Mutex(new_memory())


honest.publish(Backend, globals())

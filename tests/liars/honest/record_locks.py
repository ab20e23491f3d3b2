"""Default locks are locks of `fcntl` on single bytes of a file, each process's locks on one file.

To these a process is one owner, whatever its threads, so that a lock for threads comes first. And a
process that closes a file, by any of its descriptors, loses all its locks on that: none is closed.
"""

import fcntl
import itertools
import os
import struct
import tempfile
import threading
import time
from multiprocessing import reduction
from multiprocessing.context import assert_spawning

from . import on_reference, owned_lock
from . import plain as honest

CAUGHT_BY = {}
BREAKS = on_reference.OF_WRAPPERS

_FLOCK = "hhqqi"


class _File:
    own = None  # the one whose bytes are this process's new locks

    def __init__(self, descriptor):
        self.descriptor = descriptor
        self.pid = os.getpid()
        self.free = itertools.count()

    def __reduce__(self):
        assert_spawning(self)
        return _receive, (reduction.DupFd(self.descriptor),)


_files = []  # for ever: a file is closed by being forgotten


def _receive(duplicate):
    descriptor = duplicate.detach()
    os.set_inheritable(descriptor, False)
    _files.append(_File(descriptor))
    return _files[-1]


def _new():
    file = _File.own
    if file is None or file.pid != os.getpid():
        descriptor, path = tempfile.mkstemp()
        os.unlink(path)
        file = _File.own = _File(descriptor)
        _files.append(file)
    return RecordLock(file, next(file.free))


class RecordLock(owned_lock.OwnedLock):
    def __init__(self, file, byte):
        super().__init__()
        self.file = file
        self.byte = byte
        self._threads = {}

    def threads(self):
        """Return the lock for the threads of this process: in a forked child, a new one."""
        return self._threads.setdefault(os.getpid(), threading.Lock())

    def take(self, until):
        threads = self.threads()
        while not threads.acquire(timeout=owned_lock.left(until)):
            if until is not None:
                return False
        taken = False
        try:
            taken = self._take(until)
        finally:
            if not taken:
                threads.release()
        return taken

    def _take(self, until):
        # Never to wait in fcntl: it takes two threads that wait for a process each for a deadlock.
        pauses = itertools.chain((0.0001,) * 20, itertools.repeat(0.002))
        while True:
            try:
                fcntl.lockf(self.file.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, self.byte)
                return True
            except (BlockingIOError, PermissionError):
                seconds = owned_lock.left(until)
            if not seconds:
                return False
            time.sleep(min(next(pauses), seconds))

    def give(self):
        fcntl.lockf(self.file.descriptor, fcntl.LOCK_UN, 1, self.byte)
        self.threads().release()

    def is_taken(self):
        if self.threads().locked():
            return True
        asked = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, self.byte, 1, 0)
        said = fcntl.fcntl(self.file.descriptor, fcntl.F_GETLK, asked)
        return struct.unpack(_FLOCK, said)[0] != fcntl.F_UNLCK

    def reduce(self):
        return RecordLock, (self.file, self.byte)


class Backend(on_reference.Backend):
    def new_lock(self, ctx):
        return ctx.RLock() if ctx else _new()


honest.publish(Backend, globals())

"""Each object has a file and a mapping of its own, and children are given the descriptor."""

import errno
import mmap
import os
import secrets
import tempfile
from multiprocessing import reduction
from multiprocessing.context import assert_spawning

from sharedctypes_reference import _descriptors

from . import on_reference, placed
from . import plain as honest

CAUGHT_BY = {}
BREAKS = {
    **on_reference.BREAKS,
    # A forkserver passes no more than 256 descriptors at a time.
    "sharing.many-objects-are-shared-at-once": ("forkserver",),
    "memory.child-inherits-hundreds-of-objects": ("forkserver",),
}


_FOLDER = "/dev/shm" if os.path.isdir("/dev/shm") else tempfile.gettempdir()


class Mapping:
    offset = 0

    def __init__(self, file, size):
        self.file = file
        # The program may close the descriptor, and have another file by its number.
        self.identity = _descriptors.file_of(file)
        self.size = size
        self.memory = mmap.mmap(file, size)

    def __reduce__(self):
        assert_spawning(self)
        if not _descriptors.still_is(self.file, self.identity):
            raise OSError(errno.EBADF, "the descriptor of this object has been closed")
        return _receive, (reduction.DupFd(self.file), self.size)

    def __del__(self, _close=os.close, _is=_descriptors.still_is):
        if _is(self.file, self.identity):
            _close(self.file)


def _receive(duplicate, size):
    file = duplicate.detach()
    os.set_inheritable(file, False)
    return Mapping(file, size)


def new(size):
    """Return a new mapping."""
    # Not by tempfile.mkstemp: an interrupt of the first one leaves a lock of that module held.
    path = os.path.join(_FOLDER, f"mapping-{os.getpid()}-{secrets.token_hex(8)}")
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        os.unlink(path)
        # All of its pages, now: what does not exist when it is first used ends the process.
        os.posix_fallocate(file, 0, size)
    except BaseException:
        os.close(file)
        raise
    return Mapping(file, size)


class Backend(placed.Backend):
    def block(self, size):
        return new(size)


honest.publish(Backend, globals())

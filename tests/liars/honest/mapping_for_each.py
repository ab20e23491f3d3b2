"""Each object has a file and a mapping of its own, and children are given the descriptor."""

import errno
import mmap
import os
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
    file, path = tempfile.mkstemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
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

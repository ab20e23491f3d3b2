"""A plain backend that uses the memory of dropped objects again; liars change one thing in it.

Blocks have sizes of powers of two. A process uses only its own blocks again. The memory is moved
there from objects of the standard library, so that only forked children share it.
"""

import ctypes
import multiprocessing.sharedctypes as sharedctypes
import os
import weakref

from . import plain as honest

CAUGHT_BY = {}
START_METHODS = ("fork",)

_SMALLEST = 64


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.free = {}
        self.pid = os.getpid()

    def raw(self, obj):
        self.notice_fork()
        size = _SMALLEST
        while size < ctypes.sizeof(obj):
            size *= 2
        block = self.take(size)
        made = type(obj).from_buffer(block)
        self.put(obj, made, block)
        weakref.finalize(made, self.give, block, os.getpid()).atexit = False
        return made

    def copy(self, obj):
        return self.raw(super().copy(obj))

    def notice_fork(self):
        if self.pid != os.getpid():
            self.pid = os.getpid()
            self.free = {}

    def take(self, size):
        """Return a block of a size, that was used before or is new."""
        free = self.free.get(size)
        return free.pop() if free else sharedctypes.RawArray("c", size)

    def put(self, obj, made, block):
        """Have `made`, which is in a block, hold what `obj` does."""
        ctypes.memmove(ctypes.addressof(made), ctypes.addressof(obj), ctypes.sizeof(obj))

    def give(self, block, pid):
        """Let a block be used again, when what was in it has been dropped."""
        if pid == os.getpid():
            self.notice_fork()
            self.free.setdefault(len(block), []).append(block)


honest.publish(Backend, globals())

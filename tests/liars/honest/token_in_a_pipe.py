"""Default locks are a token in a pipe: whoever has read it holds the lock, and writes it back."""

import os
import select
from multiprocessing import reduction

from . import on_reference, owned_lock
from . import plain as honest

CAUGHT_BY = {}
BREAKS = on_reference.OF_WRAPPERS


class PipeLock(owned_lock.OwnedLock):
    def __init__(self, pipe):
        super().__init__()
        self.pipe = pipe

    def take(self, until):
        waiting = select.poll()
        waiting.register(self.pipe, select.POLLIN)
        while True:
            try:
                return bool(os.read(self.pipe, 1))
            except BlockingIOError:
                pass
            seconds = owned_lock.left(until)
            if not seconds:
                return False
            waiting.poll(1000 * seconds)

    def give(self):
        os.write(self.pipe, b"!")

    def is_taken(self):
        return not select.select([self.pipe], [], [], 0)[0]

    def reduce(self):
        return _receive, (type(self), reduction.DupFd(self.pipe))

    def __del__(self, _close=os.close):
        _close(self.pipe)


def new(cls=PipeLock):
    """Return a new lock."""
    ends = os.pipe()
    # One descriptor for both ends: there may be many locks, and a forkserver takes few descriptors.
    pipe = os.open(f"/proc/self/fd/{ends[0]}", os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    for end in ends:
        os.close(end)
    lock = cls(pipe)
    lock.give()
    return lock


def _receive(cls, duplicate):
    pipe = duplicate.detach()
    os.set_inheritable(pipe, False)
    return cls(pipe)


class Backend(on_reference.Backend):
    def new_lock(self, ctx):
        return ctx.RLock() if ctx else new()


honest.publish(Backend, globals())

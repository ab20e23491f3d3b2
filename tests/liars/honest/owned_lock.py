"""The part that recursive locks have in common which know their owner in its own process only.

Who holds such a lock, and how often, is nobody else's business: the others find it taken. How it is
taken, and waited for, is a subclass's.
"""

import os
import threading
import time
from multiprocessing.context import assert_spawning

# Who waits without a timeout does so in pieces, as system calls take no more.
LONGEST = 3600


def left(until):
    """Return for how long to wait, at most, for the time `until`; None is never."""
    return LONGEST if until is None else min(LONGEST, max(0, until - time.monotonic()))


class OwnedLock:
    def __init__(self):
        self._owner = None
        self._depth = 0

    def take(self, until):
        """Take the lock before the time `until`, trying at least once; return whether it did."""
        raise NotImplementedError

    def give(self):
        """Let others take the lock."""
        raise NotImplementedError

    def is_taken(self):
        """Return whether anybody has taken the lock."""
        raise NotImplementedError

    def reduce(self):
        """Return the lock as it goes to a child that does not start as a copy of its parent."""
        raise NotImplementedError

    def acquire(self, block=True, timeout=None):
        until = None
        if not block:
            until = 0
        elif timeout is not None:
            # A string is no number, even if float() accepts it.
            until = time.monotonic() + (timeout + 0.0)
        me = os.getpid(), threading.get_ident()
        if self._owner == me:
            self._depth += 1
            return True
        if not self.take(until):
            return False
        self._owner, self._depth = me, 1
        return True

    def release(self):
        if self._owner != (os.getpid(), threading.get_ident()):
            raise AssertionError("the lock is not held by this thread")
        self._depth -= 1
        if not self._depth:
            self._owner = None
            self.give()

    def locked(self):
        return self.is_taken()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc_info):
        self.release()

    def __reduce__(self):
        assert_spawning(self)
        return self.reduce()

"""A recursive lock written in Python, which is correct; some liars change one thing in it.

Its state is in shared memory, under a mutex. Who has to wait does so on a semaphore, where each
wake-up is one token.
"""

import ctypes
import multiprocessing
import multiprocessing.sharedctypes as sharedctypes
import os
import threading
import time

from . import plain as honest

CAUGHT_BY = {}


class State(ctypes.Structure):
    _fields_ = [
        ("owner", ctypes.c_longlong),
        ("depth", ctypes.c_int),
        ("waiters", ctypes.c_int),
        ("count", ctypes.c_int),
    ]


def me():
    """Return a number for this thread that no thread of another process has."""
    return os.getpid() << 32 | threading.get_ident() % 2**32


class PythonLock:
    recursive = True

    def __init__(self, context=multiprocessing):
        self.mutex = context.Lock()
        self.tokens = context.Semaphore(0)
        self.state = sharedctypes.RawValue(State)

    def acquire(self, block=True, timeout=None):
        until = None if timeout is None else time.monotonic() + timeout
        while True:
            with self.mutex:
                if self.try_to_acquire():
                    return True
                if not block:
                    return False
                self.state.waiters += 1
            if not self.sleep(until):
                return False

    def try_to_acquire(self):
        """Acquire the lock if that needs no waiting; return whether it was acquired."""
        state = self.state
        if state.depth and not (self.recursive and state.owner == me()):
            return False
        state.owner = me()
        state.depth += 1
        return True

    def sleep(self, until):
        """Wait for a token; return whether there was one before the time `until`."""
        left = None if until is None else max(0, until - time.monotonic())
        if self.tokens.acquire(True, left):
            return True
        with self.mutex:
            # If there are no waiters left, a token was issued for this one meanwhile.
            if self.state.waiters:
                self.state.waiters -= 1
            else:
                self.tokens.acquire()
        return False

    def release(self):
        with self.mutex:
            state = self.state
            if not state.depth:
                raise ValueError("the lock is not held")
            if self.recursive and state.owner != me():
                raise AssertionError("the lock is held by another thread")
            state.depth -= 1
            if not state.depth:
                state.owner = 0
                self.wake()

    def wake(self):
        """Wake a waiter, if there is one."""
        if self.state.waiters:
            self.state.waiters -= 1
            self.tokens.release()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc_info):
        self.release()


class Backend(honest.Backend):
    """Its default locks are of the class `lock`."""

    lock = PythonLock

    def new_lock(self, ctx):
        return self.lock(ctx or multiprocessing)


honest.publish(Backend, globals())

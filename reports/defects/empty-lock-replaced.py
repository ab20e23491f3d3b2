"""A lock that is an empty container is replaced by another lock."""

import importlib
import os
import signal
import sys
import threading

shared = importlib.import_module(
    sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
)
signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
signal.alarm(60)


class Lock:
    def __init__(self):
        self.waiting = []
        lock = threading.Lock()
        self.acquire, self.release = lock.acquire, lock.release

    def __len__(self):
        return len(self.waiting)


lock = Lock()
seen = "the given lock" if shared.Value("i", 0, lock=lock).get_lock() is lock else "another lock"
expected = "the given lock"
print("seen:", seen)
print("should be:", expected)
sys.exit(seen != expected)

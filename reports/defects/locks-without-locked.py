"""Locks have no method locked(), which Python's have since 3.14."""

import importlib
import os
import signal
import sys

if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else "billiard.sharedctypes"
    shared = importlib.import_module(name)
    signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
    signal.alarm(60)

    lock = shared.Value("i").get_lock()
    seen = expected = "nothing, before Python 3.14"
    if sys.version_info >= (3, 14):
        expected = [False, True]
        try:
            seen = [lock.locked()]
            with lock:
                seen.append(lock.locked())
        except AttributeError as error:
            seen = error.args[0]
    print("seen:", seen)
    print("should be:", expected)
    sys.exit(seen != expected)

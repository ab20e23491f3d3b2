"""An array of the largest size fails an assertion."""

import importlib
import os
import signal
import sys

shared = importlib.import_module(sys.argv[1] if len(sys.argv) > 1 else "billiard.sharedctypes")
signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
signal.alarm(60)

try:
    shared.RawArray("c", sys.maxsize)
    seen = "no exception"
except Exception as error:
    seen = type(error).__name__
print("seen:", seen)
print("should be: OverflowError, MemoryError, OSError or ValueError")
sys.exit(seen not in ("OverflowError", "MemoryError", "OSError", "ValueError"))

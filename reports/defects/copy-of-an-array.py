"""copy() of an array has other contents than the array."""

import importlib
import os
import signal
import sys

shared = importlib.import_module(
    sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
)
signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
signal.alarm(60)

expected = [1, 2, 3, 4]
try:
    seen = list(shared.copy(shared.RawArray("i", expected)))
except Exception as error:
    seen = type(error).__name__
print("seen:", seen)
print("should be:", expected)
sys.exit(seen != expected)

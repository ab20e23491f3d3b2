"""RawArray() with a sequence that ends early shows the bytes of a freed array."""

import gc
import importlib
import os
import signal
import sys

shared = importlib.import_module(
    sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
)
signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
signal.alarm(60)


class EndsEarly:
    def __len__(self):
        return 4

    def __iter__(self):
        return iter([1, 2])


secret = shared.RawArray("i", [7, 7, 7, 7])
del secret
gc.collect()
try:
    seen = list(shared.RawArray("i", EndsEarly()))
except Exception as error:
    seen = type(error).__name__
print("seen:", seen)
print("should be: [1, 2, 0, 0], or an exception")
sys.exit(isinstance(seen, list) and seen != [1, 2, 0, 0])

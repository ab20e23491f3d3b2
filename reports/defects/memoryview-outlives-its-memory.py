"""A memoryview of a shared array shows what other arrays contain."""

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

view = memoryview(shared.RawArray("b", [1, 1, 1])).cast("B")
for _ in range(3):
    gc.collect()
others = [shared.RawArray("b", [9, 9, 9]) for _ in range(10)]
seen = list(view)
expected = [1, 1, 1]
print("seen:", seen)
print("should be:", expected)
sys.exit(seen != expected)

"""Value() with a tuple as its lock raises TypeError."""

import importlib
import os
import signal
import sys

shared = importlib.import_module(
    sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
)
signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
signal.alarm(60)

expected = "AttributeError"
try:
    shared.Value("i", 0, lock=("a", "b"))
    seen = "no exception"
except Exception as error:
    seen = type(error).__name__
print("seen:", seen)
print("should be:", expected)
sys.exit(seen != expected)

"""The typecodes "q" and "Q" are missing."""

import importlib
import os
import signal
import sys

shared = importlib.import_module(sys.argv[1] if len(sys.argv) > 1 else "billiard.sharedctypes")
signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
signal.alarm(60)

expected = [-1, 1]
try:
    seen = [shared.RawValue("q", -1).value, shared.RawValue("Q", 1).value]
except Exception as error:
    seen = type(error).__name__
print("seen:", seen)
print("should be:", expected)
sys.exit(seen != expected)

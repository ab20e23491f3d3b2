"""Value() of a structure that declares no fields raises AttributeError."""

import importlib
import os
import signal
import sys
from ctypes import Structure

shared = importlib.import_module(
    sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
)
signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
signal.alarm(60)


class Opaque(Structure):
    pass


expected = "Opaque"
try:
    seen = type(shared.Value(Opaque).get_obj()).__name__
except Exception as error:
    seen = type(error).__name__
print("seen:", seen)
print("should be:", expected)
sys.exit(seen != expected)

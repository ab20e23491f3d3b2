"""A structure with a field called "release" recurses."""

import importlib
import os
import signal
import sys
from ctypes import Structure, c_int

shared = importlib.import_module(
    sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
)
signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
signal.alarm(60)


class Version(Structure):
    _fields_ = [("major", c_int), ("release", c_int)]


expected = "locked and unlocked"
try:
    version = shared.Value(Version)
    with version.get_lock():
        version.major = 3
    version.acquire()
    version.release()
    seen = "locked and unlocked"
except (TypeError, ValueError, AttributeError):
    seen = expected = "refused"  # a clear refusal would do, too
except Exception as error:
    seen = type(error).__name__
print("seen:", seen)
print("should be:", expected)
sys.exit(seen != expected)

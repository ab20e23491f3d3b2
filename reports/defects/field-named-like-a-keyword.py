"""A structure with a field called "class" cannot be shared."""

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


class Student(Structure):
    _fields_ = [("class", c_int)]


expected = "5"
try:
    student = shared.Value(Student)
    setattr(student, "class", 5)
    seen = str(getattr(student.get_obj(), "class"))
except (TypeError, ValueError, AttributeError):
    seen = expected = "refused"  # a clear refusal would do, too
except Exception as error:
    seen = type(error).__name__
print("seen:", seen)
print("should be:", expected)
sys.exit(seen != expected)

"""A shared Structure of the main module cannot be passed to a Process."""

import importlib
import os
import signal
import sys
from ctypes import Structure, c_int


class Point(Structure):
    _fields_ = [("x", c_int)]


def child(point):
    point.x = 5


if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else "multiprocess.sharedctypes"
    shared = importlib.import_module(name)
    mp = importlib.import_module(name.split(".")[0] if "." in name else "multiprocessing")
    mp.set_start_method(sys.argv[2] if len(sys.argv) > 2 else "spawn")
    signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
    signal.alarm(60)

    point = shared.Value(Point)
    process = mp.Process(target=child, args=(point,))
    expected = 5
    try:
        process.start()
        process.join()
        seen = point.x
    except Exception as error:
        seen = type(error).__name__
    print("seen:", seen)
    print("should be:", expected)
    sys.exit(seen != expected)

"""An element of a shared array arrives in a Process as a copy."""

import importlib
import os
import signal
import sys
from ctypes.wintypes import POINT


def child(point):
    point.x = 5


if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
    shared = importlib.import_module(name)
    mp = importlib.import_module(name.split(".")[0] if "." in name else "multiprocessing")
    mp.set_start_method(sys.argv[2] if len(sys.argv) > 2 else "spawn")
    signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
    signal.alarm(60)

    points = shared.RawArray(POINT, 2)
    expected = "x == 5"
    try:
        process = mp.Process(target=child, args=(points[1],))
        process.start()
        process.join()
        seen = "x == %d" % points[1].x
    except Exception:
        seen = expected = "refused"  # start() may raise, but not lose what the child writes
    print("seen:", seen)
    print("should be:", expected)
    sys.exit(seen != expected)

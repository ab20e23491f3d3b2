"""No lock can be created if sys.stderr has no descriptor."""

import importlib
import io
import os
import signal
import sys

if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
    shared = importlib.import_module(name)
    mp = importlib.import_module(name.split(".")[0] if "." in name else "multiprocessing")
    mp.set_start_method(sys.argv[2] if len(sys.argv) > 2 else "spawn")
    signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
    signal.alarm(60)

    sys.stderr = io.StringIO()
    sys.stderr.fileno = lambda: -1
    seen = expected = "a value"
    try:
        shared.Value("i")
    except ValueError as raised:
        seen = repr(raised)
    print("seen:", seen)
    print("should be:", expected)
    sys.exit(seen != expected)

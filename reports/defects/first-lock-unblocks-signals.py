"""The first lock unblocks SIGINT and SIGTERM."""

import importlib
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

    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM])
    value = shared.Value("i")
    seen = sorted(one.name for one in signal.pthread_sigmask(signal.SIG_BLOCK, []))
    expected = ["SIGINT", "SIGTERM"]
    print("blocked, seen:", seen)
    print("should be:", expected)
    sys.exit(seen != expected)

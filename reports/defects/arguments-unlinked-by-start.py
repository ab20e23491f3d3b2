"""A Value that only a Process refers to does not arrive in it."""

import importlib
import os
import signal
import sys


def child(number):
    sys.exit(number.value)


if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
    shared = importlib.import_module(name)
    mp = importlib.import_module(name.split(".")[0] if "." in name else "multiprocessing")
    mp.set_start_method(sys.argv[2] if len(sys.argv) > 2 else "spawn")
    signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
    signal.alarm(60)

    number = shared.Value("i", 41)
    control = mp.Process(target=child, args=(number,))
    control.start()
    control.join()
    if control.exitcode != 41:
        sys.exit(2)  # undecided: not even an object that the parent keeps arrives
    process = mp.Process(target=child, args=(shared.Value("i", 41),))
    process.start()
    process.join()
    seen = "exit status %d" % process.exitcode
    expected = "exit status 41"
    print("seen:", seen)
    print("should be:", expected)
    sys.exit(seen != expected)

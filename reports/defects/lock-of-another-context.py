"""A Value with a lock of the fork context kills a spawned child."""

import importlib
import os
import signal
import sys


def child(number):
    number.value += 1


if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
    shared = importlib.import_module(name)
    mp = importlib.import_module(name.split(".")[0] if "." in name else "multiprocessing")
    mp.set_start_method(sys.argv[2] if len(sys.argv) > 2 else "spawn")
    signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
    signal.alarm(60)

    number = shared.Value("i", 41, lock=mp.get_context("fork").RLock())
    process = mp.Process(target=child, args=(number,))
    try:
        process.start()
        process.join()
        exitcode = process.exitcode
    except RuntimeError:  # refused, and why
        exitcode = None
    killed = exitcode is not None and exitcode < 0
    print("seen:", "killed by signal %d" % -exitcode if killed else "not killed")
    print("should be: not killed")
    sys.exit(killed)

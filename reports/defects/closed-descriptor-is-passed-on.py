"""A child writes into a file of the program's that has the number of a closed descriptor."""

import contextlib
import importlib
import os
import signal
import sys
import tempfile


def child(array):
    array[0] = 7


if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
    shared = importlib.import_module(name)
    mp = importlib.import_module(name.split(".")[0] if "." in name else "multiprocessing")
    mp.set_start_method(sys.argv[2] if len(sys.argv) > 2 else "spawn")
    signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
    signal.alarm(60)

    array = shared.RawArray("B", 16)
    os.closerange(3, 1024)
    files = [tempfile.mkstemp() for _ in range(20)]
    for file, path in files:
        os.truncate(file, 1 << 20)
        os.unlink(path)
    with contextlib.suppress(Exception):  # start() may raise
        process = mp.Process(target=child, args=(array,))
        process.start()
        process.join()
    seen = sum(any(os.pread(file, 1 << 20, 0)) for file, _ in files)
    print("files that the child wrote into, seen:", seen)
    print("should be: 0")
    sys.exit(seen != 0)

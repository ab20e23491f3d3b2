"""The memory of an array that a Process has is given away by its parent."""

import gc
import importlib
import os
import signal
import sys


def child(array, connection):
    connection.send("started")
    connection.recv()
    connection.send(array[:])


if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
    shared = importlib.import_module(name)
    mp = importlib.import_module(name.split(".")[0] if "." in name else "multiprocessing")
    mp.set_start_method(sys.argv[2] if len(sys.argv) > 2 else "spawn")
    signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
    signal.alarm(60)

    connection, other = mp.Pipe()
    process = mp.Process(target=child, args=(shared.RawArray("i", [1, 1, 1]), other), daemon=True)
    process.start()
    connection.recv()
    gc.collect()
    unrelated = shared.RawArray("i", [9, 9, 9])
    connection.send("look")
    seen = connection.recv()
    expected = [1, 1, 1]
    print("seen:", seen)
    print("should be:", expected)
    sys.exit(seen != expected)

"""The memory of an array that a grandchild has is given away."""

import gc
import importlib
import os
import sys


def child(array, connection, mp):
    if mp:
        return mp.Process(target=child, args=(array, connection, None)).start()
    connection.send("started")
    connection.recv()
    connection.send(array[:])


if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
    shared = importlib.import_module(name)
    mp = importlib.import_module(name.split(".")[0] if "." in name else "multiprocessing")
    mp.set_start_method(sys.argv[2] if len(sys.argv) > 2 else "spawn")
    connection, other = mp.Pipe()
    array = shared.RawArray("i", [1, 1, 1])
    process = mp.Process(target=child, args=(array, other, mp.get_context()))
    process.start()
    seen = connection.recv() if connection.poll(60) else os._exit(2)  # undecided
    process.terminate()
    process.join()
    del process, array
    gc.collect()
    unrelated = shared.RawArray("i", [9, 9, 9])
    connection.send("look")
    seen = connection.recv() if connection.poll(60) else os._exit(2)  # undecided
    print("seen:", seen, "\nshould be: [1, 1, 1]")
    sys.exit(seen != [1, 1, 1])

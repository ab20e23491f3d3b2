"""Passes an object to a function of the main module, with each start method: `control.py MODULE`.

Where a backend cannot even do that, as on a version of Python that it does not support yet,
reproducers would show something else than their defects. The exit status is 0 if it can. Runs on
Python 3.8, as reproducers do.
"""

import importlib
import sys

RECEIVED = 41


# No types are known of: the object is whatever a backend makes.
def child(number):  # type: ignore[no-untyped-def]
    sys.exit(number.value)


if __name__ == "__main__":
    name = sys.argv[1]
    shared = importlib.import_module(name)
    mp = importlib.import_module(name.split(".")[0] if "." in name else "multiprocessing")
    for method in ("fork", "spawn", "forkserver"):
        mp.set_start_method(method, force=True)
        number = shared.Value("i", RECEIVED)
        process = mp.Process(target=child, args=(number,))
        process.start()
        process.join()
        if process.exitcode != RECEIVED:
            sys.exit(f"with {method}, a child ended with {process.exitcode}")

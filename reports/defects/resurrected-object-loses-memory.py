"""A shared array that a finalizer made reachable again shows what other arrays contain."""

import gc
import importlib
import os
import signal
import sys

shared = importlib.import_module(
    sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
)
signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
signal.alarm(60)
kept = []


class Owner:
    def __del__(self):
        kept.append(self.array)


owner = Owner()
owner.array, owner.cycle = shared.RawArray("i", [7, 7, 7]), owner
del owner
gc.collect()
others = [shared.RawArray("i", [9, 9, 9]) for _ in range(10)]
print("seen:", list(kept[0]))
print("should be:", [7, 7, 7])
sys.exit(list(kept[0]) != [7, 7, 7])

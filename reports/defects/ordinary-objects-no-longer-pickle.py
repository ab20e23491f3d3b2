"""After one c_int was shared, no ordinary c_int can be sent."""

import importlib
import os
import signal
import sys
from ctypes import c_int

name = sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
shared = importlib.import_module(name)
mp = importlib.import_module(name.split(".")[0] if "." in name else "multiprocessing")
signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
signal.alarm(60)

receiver, sender = mp.Pipe(duplex=False)
sender.send(c_int(41))  # works
receiver.recv()
shared.RawValue(c_int, 0)
expected = 41
try:
    sender.send(c_int(41))
    seen = receiver.recv().value
except Exception as error:
    seen = type(error).__name__
print("seen:", seen)
print("should be:", expected)
sys.exit(seen != expected)

"""After an exception from a signal handler, the lock of a Value stays locked."""

import importlib
import os
import random
import signal
import sys
import threading


def look(number):
    seen.append("free" if number.acquire(False) else "locked")


name = sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
shared = importlib.import_module(name)
watchdog = threading.Timer(60, os._exit, [2])  # undecided
watchdog.daemon = True
watchdog.start()
signal.signal(signal.SIGALRM, signal.default_int_handler)  # raises KeyboardInterrupt
seen = []
while "locked" not in seen and len(seen) < 1000:
    number = shared.Value("i", 0)
    try:
        signal.setitimer(signal.ITIMER_REAL, random.uniform(0.00002, 0.0004))
        while True:
            _ = number.value  # acquires the lock and releases it
    except KeyboardInterrupt:
        pass
    other = threading.Thread(target=look, args=(number,))
    other.start()
    other.join()
print("seen:", seen[-1], "after", len(seen), "interrupts")
print("should be: free")
sys.exit(seen[-1] == "locked")

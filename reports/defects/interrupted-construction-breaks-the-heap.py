"""After an exception from a signal handler, arrays can no longer be made."""

import importlib
import os
import random
import signal
import sys
import threading

name = sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
shared = importlib.import_module(name)
signal.signal(signal.SIGALRM, signal.default_int_handler)  # raises KeyboardInterrupt


def report(seen):
    print("seen:", seen, "after", interrupts, "interrupts")
    print("should be: arrays", flush=True)
    os._exit(seen != "arrays")


for interrupts in range(1, 501):
    watchdog = threading.Timer(5, report, ["RawArray() hangs"])
    watchdog.daemon = True
    watchdog.start()
    for seconds in (random.uniform(0.00002, 0.0004), 0):  # interrupted, and not
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds)
            for _ in range(200):
                shared.RawArray("b", random.randrange(1, 3000))
        except KeyboardInterrupt:
            pass
        except Exception as error:
            report(type(error).__name__)
    watchdog.cancel()
report("arrays")

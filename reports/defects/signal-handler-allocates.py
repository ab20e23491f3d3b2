"""A signal handler that creates an array never returns."""

import importlib
import os
import random
import signal
import sys
import threading

name = sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
shared = importlib.import_module(name)
handled = 0


def handler(number, frame):
    global handled
    watchdog = threading.Timer(5, report, ["a handler that hangs"])
    watchdog.daemon = True
    watchdog.start()
    try:
        shared.RawArray("i", 4)
    except Exception:
        pass  # a refusal would do, too
    watchdog.cancel()
    handled += 1


def report(seen):
    print("seen:", seen, "\nshould be: handlers that return", flush=True)
    os._exit(seen != "handlers that return")


signal.signal(signal.SIGALRM, handler)
for signals in range(1, 501):
    signal.setitimer(signal.ITIMER_REAL, random.uniform(0.00002, 0.0004))
    while handled < signals:
        shared.RawArray("i", 4)
report("handlers that return")

"""Unknown keyword arguments are accepted, or raise the wrong exception."""

import importlib
import os
import signal
import sys

shared = importlib.import_module(sys.argv[1] if len(sys.argv) > 1 else "billiard.sharedctypes")
signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
signal.alarm(60)


def tried(**keywords):
    try:
        shared.Value("i", 0, **keywords)
        return "accepted"
    except Exception as error:
        return type(error).__name__


seen = tried(loch=False)
expected = "TypeError"
print("seen:", seen)
print("should be:", expected)
sys.exit(seen != expected)

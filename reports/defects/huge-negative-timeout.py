"""acquire() with a huge negative timeout blocks."""

import importlib
import os
import signal
import sys
import threading

shared = importlib.import_module(
    sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
)
signal.signal(signal.SIGALRM, lambda *_: os._exit(2))  # undecided
signal.alarm(60)

lock = shared.Value("i").get_lock()
lock.acquire()
answers = []
thread = threading.Thread(target=lambda: answers.append(lock.acquire(True, -1e300)), daemon=True)
thread.start()
thread.join(10)
lock.release()
seen = answers or "no answer"
expected = [False]
print("seen:", seen)
print("should be:", expected, flush=True)
os._exit(seen != expected)

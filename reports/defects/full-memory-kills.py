"""A process is killed if shared memory is full. Needs Linux and unshare."""

import importlib
import os
import signal
import subprocess
import sys

name = sys.argv[1] if len(sys.argv) > 1 else "multiprocessing.sharedctypes"
if len(sys.argv) == 3:  # in a mount namespace, where shared memory has 1 MB
    try:
        importlib.import_module(name).RawArray("b", 4000000)
        sys.exit(4)
    except (OSError, MemoryError):
        sys.exit(3)
mount = 'mount -t tmpfs -o size=1m none /dev/shm && exec "$@"'
command = ["unshare", "-rm", "sh", "-c", mount, "sh", sys.executable, __file__, name, "mounted"]
try:
    done = subprocess.run(command, env={**os.environ, "TMPDIR": "/dev/shm"}, timeout=60)
except (OSError, subprocess.TimeoutExpired):
    sys.exit(2)  # undecided
seen = {-signal.SIGBUS: "SIGBUS", 3: "an exception", 4: "an array"}.get(done.returncode)
if seen is None:
    sys.exit(2)  # undecided: mounting is not allowed, for instance
print("seen:", seen)
print("should be: an exception, or an array from elsewhere")
sys.exit(seen == "SIGBUS")

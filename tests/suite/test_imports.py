"""Importing the modules of actors/ changes nothing in the process that imports them.

The suite imports them for their names, and a target interpreter is to be what it was without them.
"""

import json
import subprocess
import sys

# What is looked at before and after: whatever a module could register, start, open or set.
_PROGRAM = """
import atexit, copyreg, gc, importlib, json, multiprocessing.reduction, os, pkgutil, signal
import socket, sys, tempfile, threading, warnings

def state():
    return {
        "functions called at exit": atexit._ncallbacks(),
        "reducers": sorted(map(str, copyreg.dispatch_table)),
        "reducers of processes": sorted(
            map(str, multiprocessing.reduction.ForkingPickler._extra_reducers)
        ),
        "signal handlers": [str(signal.getsignal(number)) for number in signal.valid_signals()],
        "timers": [signal.getitimer(signal.ITIMER_REAL)],
        "threads": threading.active_count(),
        "descriptors": sorted(os.listdir("/proc/self/fd")),
        "environment": sorted(os.environ.items()),
        "import path": sys.path,
        "hooks": list(map(str, (sys.excepthook, threading.excepthook, sys.unraisablehook))),
        "filters of warnings": list(map(str, warnings.filters)),
        "collector": [gc.isenabled(), gc.get_threshold()],
        "limits": [sys.getrecursionlimit(), sys.getswitchinterval(), threading.stack_size()],
        "time-out of sockets": socket.getdefaulttimeout(),
        "temporary folder": tempfile.tempdir,
    }

looked_at = []

def audit(event, args):
    path = str(args[0]) if args else ""
    writes = event == "open" and args[1] and set(args[1]) & set("wax+")
    if writes or event in ("os.fork", "subprocess.Popen", "socket.__new__", "mmap.__new__"):
        looked_at.append([event, path])
    elif event == "os.listdir" and path.startswith(("/dev", "/proc")):
        looked_at.append([event, path])

for name in sys.argv[1].split(","):
    # What the modules import of the standard library registers some of its own.
    importlib.import_module(name)
import sharedctypes_conformance.actors as actors
before = state()
sys.addaudithook(audit)
modules = [module.name for module in pkgutil.walk_packages(actors.__path__, actors.__name__ + ".")]
for name in modules:
    if not name.endswith("__main__"):
        importlib.import_module(name)
looked_at_by_imports = list(looked_at)
after = state()
changed = {what: [before[what], after[what]] for what in before if before[what] != after[what]}
print(json.dumps([len(modules), changed, looked_at_by_imports]))
"""

# Those of the standard library that register something when they are imported.
_REGISTER = ("concurrent.futures.process", "logging", "multiprocessing.util", "random")


def test_importing_actors_has_no_side_effects() -> None:
    command = [sys.executable, "-B", "-c", _PROGRAM, ",".join(_REGISTER)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert said.returncode == 0, said.stderr

    count, changed, looked_at = json.loads(said.stdout)
    assert count > 50
    assert changed == {}
    assert looked_at == []

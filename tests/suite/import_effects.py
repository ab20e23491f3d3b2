"""Import every module of a package; print how many there are, and what this has changed or done.

The arguments are the package and what it uses of the standard library, which is imported before:
what that does to an interpreter is no effect of the package.
"""

import atexit
import copyreg
import faulthandler
import gc
import importlib
import json
import os
import pkgutil
import signal
import socket
import sys
import tempfile
import threading
import warnings


def listed(folder: str) -> list[str]:
    return sorted(os.listdir(folder)) if os.path.isdir(folder) else []


def state() -> dict[str, object]:
    """Return all that importing could change in an interpreter without anybody's noticing."""
    umask = os.umask(0)
    os.umask(umask)
    return {
        "atexit callbacks": atexit._ncallbacks(),
        "copyreg.dispatch_table": sorted(map(repr, copyreg.dispatch_table)),
        "environment": dict(os.environ),
        "faulthandler": faulthandler.is_enabled(),
        "finders of modules": [list(map(repr, sys.meta_path)), list(map(repr, sys.path_hooks))],
        "garbage collection": [
            gc.isenabled(),
            list(gc.get_threshold()),
            gc.get_debug(),
            gc.get_freeze_count(),
            len(gc.callbacks),
        ],
        "hooks": [
            repr(hook)
            for hook in (
                sys.excepthook,
                sys.unraisablehook,
                sys.displayhook,
                threading.excepthook,
                sys.gettrace(),
                sys.getprofile(),
                threading.gettrace(),
                threading.getprofile(),
            )
        ],
        "limits": [sys.getrecursionlimit(), sys.getswitchinterval(), threading.stack_size()],
        "multiprocessing": sorted(name for name in sys.modules if "multiproc" in name),
        "open descriptors": listed("/proc/self/fd"),
        "signals": [
            *(f"{number!r}: {signal.getsignal(number)!r}" for number in signal.valid_signals()),
            sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
            list(signal.getitimer(signal.ITIMER_REAL)),
        ],
        "sockets' time-out": socket.getdefaulttimeout(),
        "standard streams": list(map(repr, (sys.stdin, sys.stdout, sys.stderr))),
        "sys.path": list(sys.path),
        "temporary folder": tempfile.tempdir,
        # The interpreter's own and the system's count, for one may not know of the other's.
        "threads": [threading.active_count(), listed("/proc/self/task")],
        "umask": umask,
        "warnings": [list(map(repr, warnings.filters)), repr(warnings.showwarning)],
        "working directory": os.getcwd(),
    }


# What a module does to others when it is imported, or asks of them, by its name as an audit event.
ACTIONS = ("os.fork", "os.posix_spawn", "os.system", "subprocess.Popen", "socket.__new__")


def watch(done: list[str]) -> None:
    """Note from now on what is started, written, or looked for among what processes have."""

    def note(event: str, args: tuple[object, ...]) -> None:
        writes = event == "open" and bool(set("wax+") & set(str(args[1])))
        looks = event == "os.listdir" and str(args[0]).startswith(("/dev", "/proc"))
        if writes or looks or event in ACTIONS:
            done.append(f"{event} {args}")

    sys.addaudithook(note)


def main(package: str, *used: str) -> None:
    for name in used:
        importlib.import_module(name)
    path = importlib.import_module(package).__path__
    before = state()
    modules = [module.name for module in pkgutil.walk_packages(path, f"{package}.")]
    done: list[str] = []
    watch(done)
    for module in modules:
        importlib.import_module(module)
    done_by_imports = list(done)
    after = state()
    changed = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    print(json.dumps([len(modules), changed, done_by_imports]))


if __name__ == "__main__":
    main(*sys.argv[1:])

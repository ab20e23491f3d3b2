"""Unusual values for a process's settings: code that restores the usual ones is seen by these."""

from __future__ import annotations

import contextlib
import gc
import locale
import os
import random
import resource
import signal
import socket
import sys
import threading
import warnings
from functools import partial
from typing import Any

from ..system import prctl

# Seconds: so far ahead that it does not fire, and that rounding hides the time that passes.
FAR = 10**6
# No process reaches this, and it is not the greatest that can be set.
_HUGE = 2**50
# Not that which dumps the stacks of actors (`serve`), nor those of faults.
_SIGNALS = ("SIGINT", "SIGTERM", "SIGALRM", "SIGVTALRM", "SIGPROF", "SIGUSR2", "SIGHUP", "SIGCHLD")
_BLOCKED = ("SIGINT", "SIGTERM", "SIGUSR2")
TIMERS = ("ITIMER_REAL", "ITIMER_VIRTUAL", "ITIMER_PROF")

_wakeup: list[socket.socket] = []


def _handle(*_: Any) -> None:
    """Handle a signal."""


def _trace(*_: Any) -> None:
    """Trace, or profile, a call."""


def _lower_limits() -> None:
    for name in filter(lambda name: name.startswith("RLIMIT_"), dir(resource)):
        # Some cannot be set, or have no room.
        with contextlib.suppress(ValueError, OSError, OverflowError):
            number = getattr(resource, name)
            soft, hard = resource.getrlimit(number)
            if soft > 1 or soft == resource.RLIM_INFINITY:
                soft = _HUGE if soft == resource.RLIM_INFINITY else soft - 1
                resource.setrlimit(number, (soft, hard))


def _make_signals_unusual() -> None:
    for name in _SIGNALS:
        signal.signal(getattr(signal, name), _handle)
    signal.pthread_sigmask(signal.SIG_BLOCK, [getattr(signal, name) for name in _BLOCKED])
    for number, name in enumerate(TIMERS):
        signal.setitimer(getattr(signal, name), FAR, FAR + number)
    if not _wakeup:
        _wakeup.extend(socket.socketpair())
        _wakeup[1].setblocking(False)
    signal.set_wakeup_fd(_wakeup[1].fileno(), warn_on_full_buffer=False)


def make_unusual() -> None:
    """Give settings of this process values other than the usual ones.

    To be called in the main thread. The working directory stays, for paths may lead from there.
    """
    _make_signals_unusual()
    _lower_limits()
    prctl.make_unusual(signal.SIGURG)
    gc.disable()
    if hasattr(gc, "get_threshold"):
        gc.set_threshold(1234, 7, 8)
    random.seed(1234)
    os.umask(0o037)
    os.nice(1)
    if hasattr(os, "sched_getaffinity"):
        with contextlib.suppress(OSError):
            os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    sys.setrecursionlimit(sys.getrecursionlimit() + 17)
    sys.setswitchinterval(0.0123)
    for category in (locale.LC_TIME, locale.LC_NUMERIC, locale.LC_COLLATE):
        for name in ("C", "C.UTF-8", "POSIX"):
            with contextlib.suppress(locale.Error):
                if locale.setlocale(category) != name:
                    locale.setlocale(category, name)
                    break
    socket.setdefaulttimeout(1234.5)
    threading.stack_size(3 * 2**20)
    sys.excepthook = partial(sys.excepthook)
    threading.excepthook = partial(threading.excepthook)
    sys.unraisablehook = partial(sys.unraisablehook)
    warnings.filterwarnings("ignore", "nobody says this")
    sys.settrace(_trace)
    sys.setprofile(_trace)

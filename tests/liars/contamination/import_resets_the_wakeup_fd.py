"""Its import sets the descriptor that is told of signals, which a loop of the program's had set."""

import signal
import threading

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.imports-change-no-settings": "fail",
}

if threading.current_thread() is threading.main_thread():
    signal.set_wakeup_fd(-1)

backend = honest.Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

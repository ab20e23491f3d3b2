"""Importing it resets the wakeup file descriptor for signals, which an event loop had set."""

import signal
import threading

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.import-changes-no-process-settings": "fail",
}

if threading.current_thread() is threading.main_thread():
    signal.set_wakeup_fd(-1)

honest.publish(honest.Backend, globals())

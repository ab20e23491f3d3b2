"""Each process that is started leaves a thread that waits for ever."""

import os
import threading

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.started-children-leave-no-threads-or-processes": "leak",
}


def forked():
    threading.Thread(target=threading.Event().wait, daemon=True).start()


os.register_at_fork(after_in_parent=forked)

backend = honest.Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

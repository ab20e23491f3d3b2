"""Each process that is started leaves a thread that waits for ever."""

import os
import threading

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.started-children-leak-no-threads-or-processes": "leak",
}


def forked():
    threading.Thread(target=threading.Event().wait, daemon=True).start()


os.register_at_fork(after_in_parent=forked)

honest.publish(honest.Backend, globals())

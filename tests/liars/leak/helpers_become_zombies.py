"""Each process that is started has a helper that ends at once, and that nobody reaps."""

import multiprocessing.process as process
import os

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.started-children-leak-no-threads-or-processes": "leak",
}

_start = process.BaseProcess.start


def start(self):
    _start(self)
    os.posix_spawn("/bin/true", ["true"], {})


process.BaseProcess.start = start

honest.publish(honest.Backend, globals())

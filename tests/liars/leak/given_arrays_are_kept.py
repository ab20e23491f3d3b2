"""Arrays that existed when a child was started are never freed, however the child fares."""

import multiprocessing.process as process

from ..honest import plain as honest
from .failed_starts_keep_arrays import KEPT, MADE, Backend

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.ended-children-leak-no-memory": "leak",
}

_start = process.BaseProcess.start


def start(self):
    _start(self)
    KEPT.extend(ref() for ref in MADE)


process.BaseProcess.start = start

honest.publish(Backend, globals())

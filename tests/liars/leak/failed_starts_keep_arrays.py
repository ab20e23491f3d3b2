"""Arrays that existed when a start failed are never freed."""

import multiprocessing.process as process
import weakref

from ..honest import plain as honest

START_METHODS = ("fork", "spawn")
CAUGHT_BY = {
    "leak.failed-starts-leak-no-memory": "leak",
}


MADE = []
KEPT = []

_start = process.BaseProcess.start


def start(self):
    try:
        _start(self)
    except BaseException:
        KEPT.extend(ref() for ref in MADE)
        raise


process.BaseProcess.start = start


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        made = super().RawArray(typecode_or_type, size_or_initializer)
        MADE.append(weakref.ref(made))
        return made


honest.publish(Backend, globals())

"""Each object has a file, closed when it is dropped, and cleared when the next one is made.

By then the program may have opened a file of its own, which has the same number.
"""

import contextlib
import os
import weakref

from ..honest import on_reference
from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {"lifecycle.contents-stay": "fail"}


class Backend(on_reference.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.closed = []

    def raw(self, obj):
        while self.closed:
            with contextlib.suppress(OSError):
                os.pwrite(self.closed.pop(), bytes(64), 0)
        weakref.finalize(obj, self.close, os.open(os.devnull, os.O_RDWR)).atexit = False
        return obj

    def close(self, file):
        os.close(file)
        self.closed.append(file)


honest.publish(Backend, globals())

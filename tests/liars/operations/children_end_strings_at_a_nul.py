"""In a child, assigning to `raw` writes only what precedes the first NUL."""

import multiprocessing

from ..honest import plain as honest

CAUGHT_BY = {"operations.strings-behave-as-one-ctypes-object": "fail"}
START_METHODS = ("fork",)


class SynchronizedString(honest.SynchronizedString):
    @property
    def raw(self):
        return honest.SynchronizedString.raw.fget(self)

    @raw.setter
    def raw(self, text):
        if multiprocessing.parent_process() is not None:
            text = text.partition(b"\0")[0]
        honest.SynchronizedString.raw.fset(self, text)


class Backend(honest.Backend):
    string_class = SynchronizedString


honest.publish(Backend, globals())

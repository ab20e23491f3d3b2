"""Pickling or copying a lock gives another one."""

import multiprocessing

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.cannot-be-pickled": "fail",
    "lock.cannot-be-copied": "fail",
}


class Lock(honest.OwnLock):
    def __reduce__(self):
        return multiprocessing.Lock, ()


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)

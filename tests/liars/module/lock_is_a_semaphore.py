"""`Lock` returns a semaphore."""

import multiprocessing
import multiprocessing.synchronize

from ..honest import plain as honest

CAUGHT_BY = {
    "module.locks-are-instances-of-their-classes": "fail",
}
START_METHODS = ("fork",)


# Where a package has the classes of its locks.
synchronize = multiprocessing.synchronize


class Contexts(honest.Contexts):
    Lock = staticmethod(multiprocessing.Semaphore)


honest.publish(honest.Backend, globals(), Contexts)

"""`Lock` returns a semaphore."""

import multiprocessing
from multiprocessing import synchronize  # noqa: F401 - where a package has its classes of locks

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "module.locks-are-of-their-classes": "fail",
}
START_METHODS = ("fork",)


class Contexts(honest.Contexts):
    Lock = staticmethod(multiprocessing.Semaphore)


backend = honest.Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
(
    get_context,
    set_start_method,
    get_start_method,
    get_all_start_methods,
    Lock,
    RLock,
) = Contexts(backend).names()

"""A Lock is an RLock."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.plain-is-not-recursive": "fail",
    "lock.plain-waits-for-its-own-thread": "fail",
    "lock.plain-is-released-by-any-thread": "fail",
    "lock.plain-is-released-by-any-process": "fail",
    "lock.keeps-its-rules-in-any-order": "fail",
}


class Context(honest.Context):
    def Lock(self):
        return self.context.RLock()


class Contexts(honest.Contexts):
    context = Context


backend = honest.Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
(
    get_context,
    set_start_method,
    get_start_method,
    get_all_start_methods,
    new_lock,
    new_rlock,
) = Contexts(backend).names()

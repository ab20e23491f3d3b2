"""Each `release` of a Lock admits one more."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.surplus-releases-admit-nobody": "fail",
    "lock.free-plain-refuses-release": "fail",
}


class Context(honest.Context):
    def Lock(self):
        return self.context.Semaphore()


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

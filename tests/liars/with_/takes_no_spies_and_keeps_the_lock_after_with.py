"""Only the locks of multiprocessing are taken, and `with` keeps them."""

from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401
from ..lock_argument import takes_no_lock_but_its_own

CAUGHT_BY = {
    "with.takes-the-lock-once": "fail",
}
START_METHODS = ("fork",)


class Backend(takes_no_lock_but_its_own.Backend):
    def leave(self, wrapper, *exc_info):
        return None


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

"""After a block that raised, blocks of the same wrapper take no lock."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "with.can-be-used-again": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def enter(self, wrapper):
        return True if wrapper.__dict__.get("_spoilt") else super().enter(wrapper)

    def leave(self, wrapper, *exc_info):
        if not wrapper.__dict__.get("_spoilt"):
            super().leave(wrapper, *exc_info)
        if exc_info[0] is not None:
            wrapper.__dict__["_spoilt"] = True


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

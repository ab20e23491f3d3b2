"""A block begins although another one lasts."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "with.blocks-exclude-each-other": "fail",
}


class Backend(honest.Backend):
    def enter(self, wrapper):
        wrapper.__dict__["_had"] = had = wrapper.acquire(False)
        return had

    def leave(self, wrapper, *exc_info):
        if wrapper.__dict__.pop("_had", False):
            wrapper.release()


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

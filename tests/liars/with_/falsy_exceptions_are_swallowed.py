"""A block asks whether an exception is true, and takes one that is not for none: it swallows it."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "with.exceptions-pass-as-they-are": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def leave(self, wrapper, *exc_info):
        super().leave(wrapper, *exc_info)
        return exc_info[0] is not None and not exc_info[1]


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

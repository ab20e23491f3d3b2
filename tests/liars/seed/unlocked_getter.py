"""Reads take no lock."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "seed.accesses-exclude-each-other": "fail",
    "seed.synchronized-uses-the-given-lock": "fail",
    "exclusion.child-waits-for-a-lock": "fail",
    "exclusion.thread-waits-for-the-default-lock": "fail",
}


class Backend(honest.Backend):
    def read(self, wrapper, operation):
        return operation(wrapper.get_obj())


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

"""`RawValue` asks for the default context."""

import multiprocessing

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "context.raw-objects-choose-no-start-method": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        multiprocessing.get_context()
        return super().RawValue(typecode_or_type, *args)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

"""The constructor runs a second time."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {"raw.constructor-runs-once": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        made = super().RawValue(typecode_or_type, *args)
        made.__init__(*args)
        return made


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

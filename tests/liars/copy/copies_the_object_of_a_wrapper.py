"""`copy` takes wrappers as well."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {"copy.refuses-what-is-no-ctypes-object": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        return super().copy(obj.get_obj() if isinstance(obj, SynchronizedBase) else obj)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

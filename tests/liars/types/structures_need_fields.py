"""A structure without fields is not wrapped."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.structures-without-fields-are-wrapped": "fail",
}


class Backend(honest.Backend):
    def class_for(self, obj):
        if not (hasattr(type(obj), "_type_") or getattr(type(obj), "_fields_", ())):
            raise AttributeError("there is nothing to wrap")
        return super().class_for(obj)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

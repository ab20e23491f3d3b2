"""A char array is wrapped as any other array, with `value` and `raw` besides."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "wrapper.classes-are-by-kind": "fail",
}
START_METHODS = ("fork",)


class SynchronizedText(SynchronizedArray):
    value = honest.accessor("value")
    raw = honest.accessor("raw")


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = super().class_for(obj)
        return SynchronizedText if cls is SynchronizedString else cls


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

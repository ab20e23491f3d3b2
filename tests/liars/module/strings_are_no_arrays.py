"""The class of wrappers of strings is none of arrays."""

from ..honest import plain as honest

CAUGHT_BY = {
    "module.string-wrappers-are-array-wrappers": "fail",
}
START_METHODS = ("fork",)


class SynchronizedString(honest.SynchronizedBase):
    __len__ = honest.SynchronizedArray.__len__
    __getitem__ = honest.SynchronizedArray.__getitem__
    __setitem__ = honest.SynchronizedArray.__setitem__
    value = honest.accessor("value")
    raw = honest.accessor("raw")


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = super().class_for(obj)
        return SynchronizedString if cls is honest.SynchronizedString else cls


honest.publish(Backend, globals())

"""The class of string wrappers is not derived from that of array wrappers."""

from ..honest import plain as honest

CAUGHT_BY = {
    "module.synchronized-string-is-synchronized-array": "fail",
}
START_METHODS = ("fork",)


class SynchronizedString(honest.SynchronizedBase):
    __len__ = honest.SynchronizedArray.__len__
    __getitem__ = honest.SynchronizedArray.__getitem__
    __setitem__ = honest.SynchronizedArray.__setitem__
    value = honest.accessor("value")
    raw = honest.accessor("raw")


class Backend(honest.Backend):
    string_class = SynchronizedString


honest.publish(Backend, globals())

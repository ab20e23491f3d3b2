"""An item of a raw char array is a number, as it is of bytes."""

from ..honest import plain as honest
from ..honest.raw import StringBackend, extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.items-are-single-bytes": "fail",
}


class LyingArray:
    def __getitem__(self, index):
        item = super().__getitem__(index)
        return item if isinstance(index, slice) else ord(item)


class Backend(StringBackend):
    def string(self, array):
        return extended(array, LyingArray)


honest.publish(Backend, globals())

"""A slice of a raw char array is a list of single bytes."""

from ..honest import plain as honest
from ..honest.raw import StringBackend, extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.slices-are-bytes": "fail",
}


class LyingArray:
    def __getitem__(self, index):
        item = super().__getitem__(index)
        return [bytes([byte]) for byte in item] if isinstance(index, slice) else item


class Backend(StringBackend):
    def string(self, array):
        return extended(array, LyingArray)


honest.publish(Backend, globals())

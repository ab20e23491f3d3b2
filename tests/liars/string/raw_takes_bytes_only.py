"""`raw` of a raw char array accepts bytes, and no bytearray or other buffer."""

from ..honest import plain as honest
from ..honest.raw import StringBackend, extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.raw-takes-any-buffer": "fail",
}


def assign_bytes(array, text):
    if not isinstance(text, bytes):
        raise TypeError("bytes expected")
    array.__class__.__base__.raw.__set__(array, text)


class Backend(StringBackend):
    def string(self, array):
        cls = type(array)
        return extended(array, raw=property(cls.raw.__get__, assign_bytes))


honest.publish(Backend, globals())

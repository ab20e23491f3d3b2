"""Reading `raw` of a raw char array leaves out the NULs at its end."""

from ..honest import plain as honest
from ..honest.raw import StringBackend, extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.raw-has-all-bytes": "fail",
}


class Backend(StringBackend):
    def string(self, array):
        cls = type(array)
        return extended(array, raw=property(lambda obj: bytes(obj).rstrip(b"\0"), cls.raw.__set__))


honest.publish(Backend, globals())

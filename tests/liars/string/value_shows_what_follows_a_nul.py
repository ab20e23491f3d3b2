"""Reading `value` of a raw char array ends where nothing but NULs follow."""

from ..honest import plain as honest
from ..honest.raw import StringBackend, extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.value-ends-at-first-nul": "fail",
}


class Backend(StringBackend):
    def string(self, array):
        cls = type(array)
        return extended(array, value=property(lambda obj: obj.raw.rstrip(b"\0"), cls.value.__set__))


honest.publish(Backend, globals())

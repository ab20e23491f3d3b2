"""Assigning to `raw` of a raw char array writes a NUL if there is room."""

from ..honest import plain as honest
from ..honest.raw import StringBackend, extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.raw-assignment-leaves-rest-unchanged": "fail",
}


class Backend(StringBackend):
    def string(self, array):
        cls = type(array)
        return extended(
            array,
            raw=property(cls.raw.__get__, lambda obj, text: cls.value.__set__(obj, bytes(text))),
        )


honest.publish(Backend, globals())

"""Assigning to `value` of a raw char array fills the rest with NULs."""

from ..honest import plain as honest
from ..honest.raw import StringBackend, extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.value-assignment-leaves-rest-unchanged": "fail",
}


class Backend(StringBackend):
    def string(self, array):
        cls = type(array)
        return extended(
            array,
            value=property(
                cls.value.__get__,
                lambda obj, text: cls.raw.__set__(obj, text.ljust(len(obj), b"\0")),
            ),
        )


honest.publish(Backend, globals())

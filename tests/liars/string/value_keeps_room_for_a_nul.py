"""The last element of a raw char array is reserved for a NUL: `value` is one byte shorter."""

from ..honest import plain as honest
from ..honest.raw import StringBackend, extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.value-round-trips": "fail",
}


class Backend(StringBackend):
    def string(self, array):
        cls = type(array)
        return extended(
            array,
            value=property(
                cls.value.__get__, lambda obj, text: cls.value.__set__(obj, text[: len(obj) - 1])
            ),
        )


honest.publish(Backend, globals())

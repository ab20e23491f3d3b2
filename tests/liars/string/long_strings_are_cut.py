"""A string that is too long for the `value` of a raw char array is truncated."""

from ..honest import plain as honest
from ..honest.raw import StringBackend, extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.refuses-too-many-bytes": "fail",
}


class Backend(StringBackend):
    def string(self, array):
        cls = type(array)
        return extended(
            array,
            value=property(
                cls.value.__get__, lambda obj, text: cls.value.__set__(obj, text[: len(obj)])
            ),
        )


honest.publish(Backend, globals())

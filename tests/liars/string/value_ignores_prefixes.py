"""Assigning to `value` a prefix of the present value of a raw char array changes nothing."""

from ..honest import plain as honest
from ..honest.raw import StringBackend, extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.is-updated-in-place": "fail",
}


def assign(array, text):
    if not array.value.startswith(text):
        array.__class__.__base__.value.__set__(array, text)


class Backend(StringBackend):
    def string(self, array):
        cls = type(array)
        return extended(array, value=property(cls.value.__get__, assign))


honest.publish(Backend, globals())

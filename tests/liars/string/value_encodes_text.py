"""`value` of a raw char array accepts text, and stores it as UTF-8."""

from ..honest import plain as honest
from ..honest.raw import StringBackend, extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.refuses-non-strings": "fail",
}


def assign(array, text):
    if isinstance(text, str):
        text = text.encode()
    array.__class__.__base__.value.__set__(array, text)


class Backend(StringBackend):
    def string(self, array):
        cls = type(array)
        return extended(array, value=property(cls.value.__get__, assign))


honest.publish(Backend, globals())

"""The `value` of a raw character that is NUL is empty."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "string.single-character-is-not-a-string": "fail",
}


class Character(ctypes.c_char):
    @property
    def value(self):
        return ctypes.c_char.value.__get__(self).strip(b"\0")

    @value.setter
    def value(self, character):
        ctypes.c_char.value.__set__(self, character)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        obj = super().RawValue(typecode_or_type, *args)
        return Character.from_buffer(obj) if type(obj) is ctypes.c_char else obj


honest.publish(Backend, globals())

"""What was read or assigned once through `value` is what is read from then on."""

import ctypes

from ..honest import plain as honest
from ..honest.raw import extended

CAUGHT_BY = {
    "buffer.writes-reach-shared-memory": "fail",
    "buffer.from-buffer-shares-memory": "fail",
    "buffer.from-buffer-copy-is-independent": "fail",
    "buffer.pointers-access-shared-memory": "fail",
    "buffer.memory-functions-access-shared-memory": "fail",
    "buffer.c-functions-take-raw-objects": "fail",
}
START_METHODS = ("fork",)


class Remembering:
    @property
    def value(self):
        return self.__dict__.setdefault("remembered", super().value)

    @value.setter
    def value(self, value):
        self.__dict__.pop("remembered", None)
        ctypes._SimpleCData.value.__set__(self, value)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        obj = super().RawValue(typecode_or_type, *args)
        if not isinstance(obj, ctypes._SimpleCData):
            return obj
        return extended(obj, Remembering)


honest.publish(Backend, globals())

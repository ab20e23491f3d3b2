"""`RawValue` of a simple type returns an array with one element."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "buffer.memoryview-matches-ctypes": "fail",
}
START_METHODS = ("fork",)


class ArrayOfOne:
    @property
    def value(self):
        return self[0]

    @value.setter
    def value(self, value):
        self[0] = value


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        obj = super().RawValue(typecode_or_type, *args)
        if not isinstance(obj, ctypes._SimpleCData):
            return obj
        array = type(obj) * 1
        return type(type(obj).__name__, (ArrayOfOne, array), {}).from_buffer(obj)


honest.publish(Backend, globals())

"""An array that is created from a ctypes array of its type shares the memory of that array."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.is-independent-of-its-initializer": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        if type(size_or_initializer) is type(array):
            return size_or_initializer
        return array


honest.publish(Backend, globals())

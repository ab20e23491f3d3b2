"""An array that is made from an array of ctypes of its type lies in its memory."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.is-independent-of-its-initialiser": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        if type(size_or_initializer) is type(array):
            return size_or_initializer
        return array


honest.publish(Backend, globals())

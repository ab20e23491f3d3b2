"""An array with an item that is refused is created from zeros instead."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.refuses-items-that-ctypes-refuses": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        try:
            return super().RawArray(typecode_or_type, size_or_initializer)
        except TypeError:
            if isinstance(size_or_initializer, (int, list)):
                return super().RawArray(typecode_or_type, len(size_or_initializer))
            raise


honest.publish(Backend, globals())

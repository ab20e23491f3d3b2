"""A wrapped array is refused as an initialiser."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.takes-arrays": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if isinstance(size_or_initializer, honest.SynchronizedBase):
            raise TypeError("a wrapper is no sequence")
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

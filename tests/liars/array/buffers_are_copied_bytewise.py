"""All bytes under a memoryview are taken, whatever its format and its strides."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.takes-builtin-sequences": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if isinstance(size_or_initializer, memoryview):
            size_or_initializer = bytes(size_or_initializer.obj)
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

"""The bytes of a memory view are taken, whatever it is a view of and with which steps."""

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

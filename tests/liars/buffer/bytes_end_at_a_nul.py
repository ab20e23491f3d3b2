"""`bytes` of a raw array end at a NUL."""

from ..honest import plain as honest

CAUGHT_BY = {
    "buffer.bytes-are-the-memory": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        obj = super().RawArray(typecode_or_type, size_or_initializer)
        namespace = {"__bytes__": lambda obj: memoryview(obj).tobytes().partition(b"\0")[0]}
        return type(type(obj).__name__, (type(obj),), namespace).from_buffer(obj)


honest.publish(Backend, globals())

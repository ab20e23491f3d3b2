"""`bytes` of a raw array end at a NUL."""

from ..honest import plain as honest
from ..honest.raw import extended

CAUGHT_BY = {
    "buffer.reads-see-shared-memory": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        obj = super().RawArray(typecode_or_type, size_or_initializer)
        return extended(obj, __bytes__=lambda obj: memoryview(obj).tobytes().partition(b"\0")[0])


honest.publish(Backend, globals())

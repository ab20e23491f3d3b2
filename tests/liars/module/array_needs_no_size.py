"""`RawArray` without a size returns an empty array."""

from ..honest import plain as honest

CAUGHT_BY = {
    "module.missing-arguments-are-refused": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer=0):
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

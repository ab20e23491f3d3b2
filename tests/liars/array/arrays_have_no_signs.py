"""Arrays of integers have unsigned ones."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.introduction-example-prints-its-results": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if typecode_or_type == "i":
            typecode_or_type = "I"
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

"""An array of the typecode `c` contains numbers."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.typecode-c-is-c-char": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if typecode_or_type == "c":
            typecode_or_type = "B"
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

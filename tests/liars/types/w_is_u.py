"""RawArray and Array take the typecode `w` for `u`."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.typecode-w-is-refused": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if typecode_or_type == "w":
            typecode_or_type = "u"
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

"""An array of the typecode `f` contains doubles."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.typecodes-match-array-module": "fail",
    "types.typecodes-map-to-ctypes-types": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if typecode_or_type == "f":
            typecode_or_type = "d"
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

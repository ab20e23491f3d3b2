"""An array without elements is refused."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.empty-arrays-work": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        if len(array) == 0:
            raise ValueError("nothing to share")
        return array


honest.publish(Backend, globals())

"""An array that is created from its length contains what was in its memory before."""

from multiprocessing import sharedctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.sized-array-is-zeroed": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if not isinstance(size_or_initializer, int):
            return super().RawArray(typecode_or_type, size_or_initializer)
        item = sharedctypes.typecode_to_type.get(typecode_or_type, typecode_or_type)
        return sharedctypes._new_value(item * size_or_initializer)


honest.publish(Backend, globals())

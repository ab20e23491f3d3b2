"""A tuple as an item leaves zeros."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.tuples-initialize-structures": "fail",
    "array.tuples-initialize-rows": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if isinstance(size_or_initializer, list) and tuple in map(type, size_or_initializer):
            size_or_initializer = [
                () if type(item) is tuple else item for item in size_or_initializer
            ]
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

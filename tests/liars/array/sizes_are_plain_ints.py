"""A length whose class is derived from int is refused."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.size-may-be-int-subclass": "fail",
}


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        if isinstance(size_or_initializer, int) and type(size_or_initializer) is not int:
            raise TypeError("no int")
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

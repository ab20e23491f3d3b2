"""Objects that are integers by `__index__` are refused."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.numbers-are-converted": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if any(hasattr(x, "__index__") and not isinstance(x, int) for x in args):
            raise TypeError("an int is wanted")
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())

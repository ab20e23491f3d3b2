"""`Array` accepts a length or a list, and no other sequence."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.array-constructs-like-rawarray": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def Array(self, typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
        if not isinstance(size_or_initializer, (int, list)):
            raise TypeError("neither a length nor a list")
        return super().Array(typecode_or_type, size_or_initializer, lock=lock, ctx=ctx)


honest.publish(Backend, globals())

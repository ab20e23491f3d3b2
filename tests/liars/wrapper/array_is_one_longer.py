"""`Array` makes room for a terminating NUL."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.array-constructs-like-rawarray": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def Array(self, typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
        if isinstance(size_or_initializer, bytes):
            size_or_initializer += bytes(1)
        return super().Array(typecode_or_type, size_or_initializer, lock=lock, ctx=ctx)


honest.publish(Backend, globals())

"""`Value` passes on its first argument only."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.value-constructs-like-rawvalue": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def Value(self, typecode_or_type, *args, lock=True, ctx=None):
        return super().Value(typecode_or_type, *args[:1], lock=lock, ctx=ctx)


honest.publish(Backend, globals())

"""The second parameter of `Array` has another name."""

from ..honest import plain as honest

CAUGHT_BY = {
    "module.parameters-can-be-given-by-name": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def Array(self, typecode_or_type, init, *, lock=True, ctx=None):
        return super().Array(typecode_or_type, init, lock=lock, ctx=ctx)


honest.publish(Backend, globals())

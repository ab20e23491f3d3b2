"""`Array` of a context accepts `ctx` as well, and uses it."""

from ..honest import plain as honest

CAUGHT_BY = {
    "module.contexts-refuse-ctx": "fail",
}
START_METHODS = ("fork",)


class Context(honest.Context):
    def Array(self, typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
        ctx = ctx or self
        return self.backend.Array(typecode_or_type, size_or_initializer, lock=lock, ctx=ctx)


class Contexts(honest.Contexts):
    context = Context


honest.publish(honest.Backend, globals(), Contexts)

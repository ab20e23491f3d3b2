"""Value and Array ignore keywords that they do not know."""

from ..honest import plain as honest

CAUGHT_BY = {"lock-argument.unknown-keywords-are-refused": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def Value(self, typecode_or_type, *args, lock=True, ctx=None, **_):
        return super().Value(typecode_or_type, *args, lock=lock, ctx=ctx)

    def Array(self, typecode_or_type, size_or_initializer, *, lock=True, ctx=None, **_):
        return super().Array(typecode_or_type, size_or_initializer, lock=lock, ctx=ctx)


honest.publish(Backend, globals())

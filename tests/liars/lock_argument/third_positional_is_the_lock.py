"""Array accepts its lock as a third positional argument as well."""

from ..honest import plain as honest

CAUGHT_BY = {"lock-argument.keyword-only-for-array": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def Array(self, typecode_or_type, size_or_initializer, lock=True, ctx=None):
        return super().Array(typecode_or_type, size_or_initializer, lock=lock, ctx=ctx)


honest.publish(Backend, globals())

"""`Value` of a context drops its arguments."""

from ..honest import plain as honest

CAUGHT_BY = {
    "module.contexts-have-same-functions": "fail",
}
START_METHODS = ("fork",)


class Context(honest.Context):
    def Value(self, typecode_or_type, *args, lock=True):
        return super().Value(typecode_or_type, lock=lock)


class Contexts(honest.Contexts):
    context = Context


honest.publish(honest.Backend, globals(), Contexts)

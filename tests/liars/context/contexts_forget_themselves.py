"""`Value` of a context takes its lock from the default context."""

from ..honest import plain as honest

CAUGHT_BY = {
    "context.objects-reach-processes-of-their-context": "fail",
}
START_METHODS = ("spawn", "forkserver")


class Context(honest.Context):
    def Value(self, typecode_or_type, *args, lock=True):
        return self.backend.Value(typecode_or_type, *args, lock=lock)


class Contexts(honest.Contexts):
    context = Context


honest.publish(honest.Backend, globals(), Contexts)

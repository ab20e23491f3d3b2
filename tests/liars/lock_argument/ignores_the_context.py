"""The default lock comes from the default context, whatever context is given."""

from ..honest import plain as honest

CAUGHT_BY = {"lock-argument.default-lock-comes-from-ctx": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def new_lock(self, ctx):
        return super().new_lock(None)


honest.publish(Backend, globals())

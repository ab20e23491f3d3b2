"""For an unknown start method, `get_context` returns the default context."""

from ..honest import plain as honest

CAUGHT_BY = {
    "context.unknown-start-methods-are-refused": "fail",
}
START_METHODS = ("fork",)


class Contexts(honest.Contexts):
    def get_context(self, method=None):
        known = method in super().get_all_start_methods()
        return super().get_context(method if known else None)


honest.publish(honest.Backend, globals(), Contexts)

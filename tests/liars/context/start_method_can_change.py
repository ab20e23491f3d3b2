"""The start method can be set again, and is."""

from ..honest import plain as honest

CAUGHT_BY = {
    "context.start-method-is-set-once": "fail",
}
START_METHODS = ("fork",)


class Contexts(honest.Contexts):
    def set_start_method(self, method, force=False):
        super().set_start_method(method, force=True)


honest.publish(honest.Backend, globals(), Contexts)

"""The default is the last of the start methods."""

from ..honest import plain as honest

CAUGHT_BY = {
    "context.first-start-method-is-default": "fail",
}
START_METHODS = ("fork",)


class Contexts(honest.Contexts):
    def get_all_start_methods(self):
        return super().get_all_start_methods()[::-1]


honest.publish(honest.Backend, globals(), Contexts)

"""A block that is left by GeneratorExit keeps the lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "with.suspended-generator-holds-lock": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def leave(self, wrapper, *exc_info):
        if exc_info[0] is not GeneratorExit:
            super().leave(wrapper, *exc_info)


honest.publish(Backend, globals())

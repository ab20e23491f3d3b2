"""A block swallows BrokenPipeError, and no other exception."""

from ..honest import plain as honest

CAUGHT_BY = {
    "with.exceptions-propagate-unchanged": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def leave(self, wrapper, *exc_info):
        super().leave(wrapper, *exc_info)
        return exc_info[0] is BrokenPipeError


honest.publish(Backend, globals())

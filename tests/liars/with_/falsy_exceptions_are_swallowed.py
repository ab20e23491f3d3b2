"""An exception whose truth value is false is swallowed by the block."""

from ..honest import plain as honest

CAUGHT_BY = {
    "with.exceptions-propagate-unchanged": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def leave(self, wrapper, *exc_info):
        super().leave(wrapper, *exc_info)
        return exc_info[0] is not None and not exc_info[1]


honest.publish(Backend, globals())

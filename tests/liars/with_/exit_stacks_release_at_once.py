"""A wrapper that an ExitStack enters releases its lock at once."""

import sys

from ..honest import plain as honest

CAUGHT_BY = {
    "with.exit-stack-holds-lock": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def enter(self, wrapper):
        bound = super().enter(wrapper)
        if sys._getframe(2).f_globals["__name__"] == "contextlib":
            wrapper.release()
            wrapper.__dict__["_left"] = True
        return bound

    def leave(self, wrapper, *exc_info):
        if not wrapper.__dict__.pop("_left", False):
            super().leave(wrapper, *exc_info)


honest.publish(Backend, globals())

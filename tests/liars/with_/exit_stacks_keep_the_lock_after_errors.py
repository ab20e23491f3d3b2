"""A block in an ExitStack that is left by an exception keeps the lock."""

import sys

from ..honest import plain as honest

CAUGHT_BY = {
    "with.exit-stack-releases-after-errors": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def leave(self, wrapper, *exc_info):
        if exc_info[0] is None or sys._getframe(2).f_globals["__name__"] != "contextlib":
            super().leave(wrapper, *exc_info)


honest.publish(Backend, globals())

"""A block is entered also when acquiring its lock raises."""

import contextlib

from ..honest import plain as honest

CAUGHT_BY = {
    "with.failed-enter-skips-body": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def enter(self, wrapper):
        with contextlib.suppress(BaseException):
            return super().enter(wrapper)
        return False


honest.publish(Backend, globals())

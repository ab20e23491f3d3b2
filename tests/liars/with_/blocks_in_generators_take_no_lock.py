"""A block in a generator does not acquire the lock."""

import inspect
import sys

from ..honest import plain as honest

CAUGHT_BY = {
    "with.suspended-generator-holds-lock": "fail",
    "with.works-in-contextmanager-functions": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def enter(self, wrapper):
        if not sys._getframe(2).f_code.co_flags & inspect.CO_GENERATOR:
            super().enter(wrapper)
        return True

    def leave(self, wrapper, *exc_info):
        if not sys._getframe(2).f_code.co_flags & inspect.CO_GENERATOR:
            super().leave(wrapper, *exc_info)


honest.publish(Backend, globals())

"""Blocks are counted by thread: one inside that of another object does not acquire its lock."""

import threading

from ..honest import plain as honest

CAUGHT_BY = {
    "with.two-blocks-hold-both-locks": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self._within = threading.local()

    def enter(self, wrapper):
        depth = self._within.__dict__.setdefault("depth", 0)
        self._within.depth += 1
        return super().enter(wrapper) if depth == 0 else True

    def leave(self, wrapper, *exc_info):
        self._within.depth -= 1
        if self._within.depth == 0:
            super().leave(wrapper, *exc_info)


honest.publish(Backend, globals())

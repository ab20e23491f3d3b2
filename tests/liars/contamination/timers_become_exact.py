"""A lock makes timers exact, and assumes afterwards that they were as exact as they usually are."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "contamination.use-changes-no-process-settings": "fail",
}

PR_SET_TIMERSLACK = 29
EXACT, USUAL = 1, 50_000


class Backend(honest.Backend):
    def enter(self, wrapper):
        prctl = ctypes.CDLL(None).prctl
        prctl(PR_SET_TIMERSLACK, EXACT, 0, 0, 0)
        try:
            return super().enter(wrapper)
        finally:
            prctl(PR_SET_TIMERSLACK, USUAL, 0, 0, 0)


honest.publish(Backend, globals())

"""`with wrapper` does not acquire the lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "seed.wrapper-is-a-context-manager": "fail",
    "wrapper.with-holds-the-lock": "fail",
    "wrapper.with-nests": "fail",
    "wrapper.with-keeps-others-out": "fail",
    "exclusion.parent-waits-for-a-lock": "fail",
}


class Backend(honest.Backend):
    def enter(self, wrapper):
        return True

    def leave(self, wrapper, *exc_info):
        return None


honest.publish(Backend, globals())

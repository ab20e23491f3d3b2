"""`with wrapper` does not acquire the lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "with.holds-lock": "fail",
    "with.is-reentrant-with-rlock": "fail",
    "with.excludes-other-processes": "fail",
    "exclusion.parent-contends-for-lock": "fail",
}


class Backend(honest.Backend):
    def enter(self, wrapper):
        return True

    def leave(self, wrapper, *exc_info):
        return None


honest.publish(Backend, globals())

"""After a block that raised, blocks of the same wrapper do not acquire the lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "with.is-reusable": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def enter(self, wrapper):
        return True if wrapper.__dict__.get("_raised") else super().enter(wrapper)

    def leave(self, wrapper, *exc_info):
        if not wrapper.__dict__.get("_raised"):
            super().leave(wrapper, *exc_info)
        if exc_info[0] is not None:
            wrapper.__dict__["_raised"] = True


honest.publish(Backend, globals())

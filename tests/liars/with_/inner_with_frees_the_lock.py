"""The end of an inner `with wrapper` releases the lock of the outer one."""

from ..honest import plain as honest

CAUGHT_BY = {
    "with.is-reentrant-with-rlock": "fail",
}


class Backend(honest.Backend):
    def enter(self, wrapper):
        if not wrapper.__dict__.get("_inside"):
            wrapper.__dict__["_inside"] = True
            return super().enter(wrapper)
        return True

    def leave(self, wrapper, *exc_info):
        if wrapper.__dict__.pop("_inside", False):
            super().leave(wrapper, *exc_info)


honest.publish(Backend, globals())

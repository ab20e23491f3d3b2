"""A child that was forked inside a block considers itself inside it."""

from ..honest import plain as honest

CAUGHT_BY = {
    "with.child-is-not-inside-parents-block": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def enter(self, wrapper):
        depth = wrapper.__dict__.get("_depth", 0)
        if depth == 0:
            super().enter(wrapper)
        wrapper.__dict__["_depth"] = depth + 1
        return True

    def leave(self, wrapper, *exc_info):
        wrapper.__dict__["_depth"] -= 1
        if wrapper.__dict__["_depth"] == 0:
            super().leave(wrapper, *exc_info)


honest.publish(Backend, globals())

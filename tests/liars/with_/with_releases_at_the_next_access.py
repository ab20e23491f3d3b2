"""A block that ends without an exception releases the lock at the next access only."""

from ..honest import plain as honest

CAUGHT_BY = {
    "with.jumps-release-lock": "fail",
    "with.is-reusable": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def leave(self, wrapper, *exc_info):
        if exc_info[0] is not None:
            return super().leave(wrapper, *exc_info)
        wrapper.__dict__["_left"] = True
        return None

    def access(self, wrapper, operation):
        if wrapper.__dict__.pop("_left", False):
            wrapper.release()
        return super().access(wrapper, operation)


honest.publish(Backend, globals())

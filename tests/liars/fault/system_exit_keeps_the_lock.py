"""A block that is left by SystemExit keeps its lock."""

from ..honest import plain as honest

CAUGHT_BY = {"fault.exiting-child-releases-with-block": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def leave(self, wrapper, *exc_info):
        if exc_info[0] is not SystemExit:
            super().leave(wrapper, *exc_info)


honest.publish(Backend, globals())

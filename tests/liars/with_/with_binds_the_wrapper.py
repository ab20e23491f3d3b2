"""`with wrapper as x` binds the wrapper."""

from ..honest import plain as honest

CAUGHT_BY = {
    "with.binds-what-lock-binds": "fail",
}


class Backend(honest.Backend):
    def enter(self, wrapper):
        super().enter(wrapper)
        return wrapper


honest.publish(Backend, globals())

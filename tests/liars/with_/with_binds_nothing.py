"""`with wrapper as x` binds None."""

from ..honest import plain as honest

CAUGHT_BY = {
    "with.binds-what-lock-binds": "fail",
}


class Backend(honest.Backend):
    def enter(self, wrapper):
        super().enter(wrapper)


honest.publish(Backend, globals())

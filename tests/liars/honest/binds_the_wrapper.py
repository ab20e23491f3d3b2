"""`with wrapper as x` binds the wrapper."""

from . import plain as honest

CAUGHT_BY = {}


class Backend(honest.Backend):
    def enter(self, wrapper):
        super().enter(wrapper)
        return wrapper


honest.publish(Backend, globals())

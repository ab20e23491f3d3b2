"""What is made in a `with` block of a wrapper is under the lock of that, unless it has its own."""

from ..honest import plain as honest

START_METHODS = ("fork", "spawn")
CAUGHT_BY = {"lifecycle.locks-exclude": "fail"}


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.entered = []

    def enter(self, wrapper):
        self.entered.append(wrapper.get_lock())
        return super().enter(wrapper)

    def leave(self, wrapper, *exc_info):
        self.entered.pop()
        return super().leave(wrapper, *exc_info)

    def new_lock(self, ctx):
        return self.entered[-1] if self.entered else super().new_lock(ctx)


honest.publish(Backend, globals())

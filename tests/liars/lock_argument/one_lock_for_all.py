"""Every object that was given no lock has the same one."""

from ..honest import plain as honest

CAUGHT_BY = {"lock-argument.default-locks-are-distinct": "fail"}


class Backend(honest.Backend):
    common = None

    def new_lock(self, ctx):
        if self.common is None:
            self.common = super().new_lock(ctx)
        return self.common


honest.publish(Backend, globals())

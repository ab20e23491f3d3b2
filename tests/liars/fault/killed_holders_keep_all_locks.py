"""Every object has the same lock, and one killed holder keeps all of them."""

from ..honest import plain as honest

CAUGHT_BY = {"fault.a-killed-holder-blocks-nobody-for-ever": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    common = None

    def new_lock(self, ctx):
        if self.common is None:
            self.common = super().new_lock(ctx)
        return self.common


honest.publish(Backend, globals())

"""`Value` creates its lock before it checks the type."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.type-is-checked-before-lock": "fail",
}


class Backend(honest.Backend):
    def Value(self, typecode_or_type, *args, lock=True, ctx=None):
        if lock is True or lock is None:
            lock = self.new_lock(ctx)
        return super().Value(typecode_or_type, *args, lock=lock, ctx=ctx)


honest.publish(Backend, globals())

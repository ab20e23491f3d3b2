"""Value takes a lock from the end of its positional arguments."""

from ..honest import plain as honest

CAUGHT_BY = {"lock-argument.positional-lock-goes-to-constructor": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def Value(self, typecode_or_type, *args, lock=True, ctx=None):
        if args and hasattr(args[-1], "acquire"):
            *args, lock = args
        return super().Value(typecode_or_type, *args, lock=lock, ctx=ctx)


honest.publish(Backend, globals())

"""With lock=False `Value` drops its arguments."""

from ..honest import plain as honest

CAUGHT_BY = {"lock-argument.false-matches-raw-functions": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def Value(self, typecode_or_type, *args, lock=True, ctx=None):
        if lock is False:
            return self.RawValue(typecode_or_type)
        return super().Value(typecode_or_type, *args, lock=lock, ctx=ctx)


honest.publish(Backend, globals())

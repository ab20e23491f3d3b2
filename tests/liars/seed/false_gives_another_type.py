"""lock=False returns an array even for a Value."""

from ..honest import plain as honest

CAUGHT_BY = {
    "seed.child-write-to-unlocked-value-reaches-parent": "fail",
    "lock-argument.false-returns-raw-object": "fail",
    "lock-argument.false-matches-raw-functions": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def Value(self, typecode_or_type, *args, lock=True, ctx=None):
        if lock is False:
            return self.RawArray(typecode_or_type, [*args] or 1)
        return super().Value(typecode_or_type, *args, lock=lock, ctx=ctx)


honest.publish(Backend, globals())

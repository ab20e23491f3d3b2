"""lock=False returns a wrapper like any other."""

from ..honest import plain as honest

CAUGHT_BY = {
    "lock-argument.false-returns-raw-object": "fail",
    "lock-argument.false-matches-raw-functions": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def guarded(self, obj, lock, ctx):
        return super().guarded(obj, lock or True, ctx)


honest.publish(Backend, globals())

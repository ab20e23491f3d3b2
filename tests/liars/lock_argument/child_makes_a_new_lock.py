"""A spawned child gets a lock of its own instead of its parent's."""

from ..honest import plain as honest

CAUGHT_BY = {
    "lock-argument.is-one-lock-in-every-process": "fail",
    "lock-argument.default-lock-guards-access": "fail",
    "lock-argument.given-lock-guards-access": "fail",
    "lock-argument.one-lock-serves-several-objects": "fail",
    "wrapper.crosses-when-made-by-synchronized": "fail",
    "exclusion.child-waits-for-the-default-lock": "fail",
    "exclusion.new-child-waits-for-a-lock": "fail",
}
START_METHODS = ("spawn", "forkserver")


class Backend(honest.Backend):
    def reduce(self, obj, lock):
        return obj, None

    def rebuild(self, obj, lock):
        return super().rebuild(obj, self.new_lock(None))


honest.publish(Backend, globals())

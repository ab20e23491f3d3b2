"""A spawned child gets a lock of its own instead of its parent's."""

from ..honest import plain as honest

CAUGHT_BY = {
    "lock-argument.is-one-lock-in-every-process": "fail",
    "lock-argument.default-lock-guards-access": "fail",
    "lock-argument.given-lock-guards-access": "fail",
    "lock-argument.one-lock-guards-several-objects": "fail",
    "wrapper.synchronized-wrapper-is-inherited": "fail",
    "exclusion.child-contends-for-default-lock": "fail",
    "exclusion.new-child-contends-for-lock": "fail",
}
START_METHODS = ("spawn", "forkserver")


class Backend(honest.Backend):
    def reduce(self, obj, lock):
        return obj, None

    def rebuild(self, obj, lock):
        return super().rebuild(obj, self.new_lock(None))


honest.publish(Backend, globals())

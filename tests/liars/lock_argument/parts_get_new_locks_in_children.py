"""The wrapper of a part of an object arrives in a spawned child with a new lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "lock-argument.is-one-lock-in-every-process": "fail",
}
START_METHODS = ("spawn",)


class Backend(honest.Backend):
    def reduce(self, obj, lock):
        is_part = getattr(obj, "_b_base_", None) is not None
        return obj, None if is_part else lock

    def rebuild(self, obj, lock):
        return super().rebuild(obj, lock or self.new_lock(None))


honest.publish(Backend, globals())

"""Wrappers of structures have no accessors for fields: assigning one sets it on the wrapper."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.field-access-matches-object": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def class_without_mixin(self, obj):
        cls = super().class_without_mixin(obj)
        known = honest.WRAPPERS
        return cls if cls in known else honest.SynchronizedBase


honest.publish(Backend, globals())

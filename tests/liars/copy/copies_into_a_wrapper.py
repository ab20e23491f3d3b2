"""`copy` returns a wrapper."""

from ..honest import plain as honest

CAUGHT_BY = {"copy.is-a-raw-object": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        return self.synchronized(super().copy(obj))


honest.publish(Backend, globals())

"""Wrappers have one more public method."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.has-no-other-public-attributes": "fail",
}
START_METHODS = ("fork",)


class Methods:
    def increment(self):
        self.value += 1


class Backend(honest.Backend):
    mixin = Methods


honest.publish(Backend, globals())

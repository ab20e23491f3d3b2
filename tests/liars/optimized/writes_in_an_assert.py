"""The object is written in an assert statement."""

from ..honest import plain as honest

CAUGHT_BY = {
    "optimized.contents-are-shared": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def write(self, wrapper, operation):
        assert self.access(wrapper, operation) is None


honest.publish(Backend, globals())

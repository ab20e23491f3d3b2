"""`acquire` of the wrapper knows one argument."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.acquire-and-release-are-the-locks": "fail",
}
START_METHODS = ("fork",)


class Methods:
    def acquire(self, block=True):
        return super().acquire(block)


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = super().class_for(obj)
        if cls not in self._classes:
            self._classes[cls] = type(cls.__name__, (Methods, cls), {})
        return self._classes[cls]


honest.publish(Backend, globals())

"""Wrappers have one more public method."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.has-no-other-names": "fail",
}
START_METHODS = ("fork",)


class Methods:
    def increment(self):
        self.value += 1


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = super().class_for(obj)
        if cls not in self._classes:
            self._classes[cls] = type(cls.__name__, (Methods, cls), {})
        return self._classes[cls]


honest.publish(Backend, globals())

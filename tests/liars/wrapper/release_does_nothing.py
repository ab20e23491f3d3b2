"""`release` of the wrapper keeps the lock."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.acquire-and-release-are-the-locks": "fail",
}


class Methods:
    def release(self):
        pass


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = super().class_for(obj)
        if cls not in self._classes:
            self._classes[cls] = type(cls.__name__, (Methods, cls), {})
        return self._classes[cls]


honest.publish(Backend, globals())

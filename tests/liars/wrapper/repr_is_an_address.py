"""`repr` of a wrapper tells its address only."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.repr-names-class-and-object": "fail",
}
START_METHODS = ("fork",)


class Methods:
    def __repr__(self):
        return object.__repr__(self)


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = super().class_for(obj)
        if cls not in self._classes:
            self._classes[cls] = type(cls.__name__, (Methods, cls), {})
        return self._classes[cls]


honest.publish(Backend, globals())

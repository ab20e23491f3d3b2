"""Each wrapper of a structure has a class of its own."""

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.one-class-per-structure-type": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def class_for(self, obj):
        self._classes.clear()
        return super().class_for(obj)


honest.publish(Backend, globals())

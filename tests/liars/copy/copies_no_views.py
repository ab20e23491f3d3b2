"""`copy` refuses objects in memory that they do not own."""

from ..honest import plain as honest

CAUGHT_BY = {"copy.takes-views-of-other-memory": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        if not (obj._b_needsfree_ or obj._b_base_ is not None or hasattr(obj, "_wrapper")):
            raise TypeError("the object does not own its memory")
        return super().copy(obj)


honest.publish(Backend, globals())

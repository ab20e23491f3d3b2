"""A wrapped object of a main module's class arrives as one of a copy of that class."""

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "sharing.main-module-types-are-shared": "fail",
}


class Backend(honest.Backend):
    def rebuild(self, obj, lock):
        cls = type(obj)
        if cls.__module__ in ("__main__", "__mp_main__"):
            # In the same memory, which it keeps alive.
            obj = extended(obj)
        return super().rebuild(obj, lock)


honest.publish(Backend, globals())

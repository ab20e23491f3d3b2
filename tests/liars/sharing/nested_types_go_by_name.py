"""A wrapped object of a nested class arrives as one of the module-level class of the same name."""

import sys

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "sharing.main-module-types-are-shared": "fail",
}


class Backend(honest.Backend):
    def rebuild(self, obj, lock):
        cls = type(obj)
        namesake = getattr(sys.modules[cls.__module__], cls.__name__, cls)
        if namesake is not cls:
            # It may be larger than the object is.
            image = bytes(obj).ljust(100, b"\0")
            obj = namesake.from_buffer_copy(image)
        return super().rebuild(obj, lock)


honest.publish(Backend, globals())

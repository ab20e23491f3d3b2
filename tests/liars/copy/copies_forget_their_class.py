"""The copy of a subclass of a simple type is of the simple type itself."""

from ..honest import plain as honest

CAUGHT_BY = {"copy.preserves-subclass": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj):
        for cls in type(obj).__mro__:
            if cls.__module__ == "ctypes":
                return super().copy(cls.from_buffer_copy(obj))
        return super().copy(obj)


honest.publish(Backend, globals())

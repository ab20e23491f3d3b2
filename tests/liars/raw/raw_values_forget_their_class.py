"""RawValue of a subclass of a simple type returns an object of the simple type itself."""

from ..honest import plain as honest

CAUGHT_BY = {"raw.preserves-python-subclass": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        for cls in getattr(typecode_or_type, "__mro__", ()):
            if cls.__module__ == "ctypes":
                return super().RawValue(cls, *args)
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())

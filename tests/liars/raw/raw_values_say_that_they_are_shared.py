"""The repr of a raw value says that it is shared."""

from ..honest import plain as honest

CAUGHT_BY = {"raw.repr-is-ctypes": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        made = super().RawValue(typecode_or_type, *args)
        cls = type(made)
        members = {"__repr__": lambda obj: f"<shared {cls.__name__}>"}
        return type(cls)(cls.__name__, (cls,), members).from_buffer(made)


honest.publish(Backend, globals())

"""The repr of a raw value says that it is shared."""

from ..honest import plain as honest
from ..honest.raw import extended

CAUGHT_BY = {"raw.repr-matches-ctypes": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        made = super().RawValue(typecode_or_type, *args)
        return extended(made, __repr__=lambda obj: f"<shared {type(obj).__name__}>")


honest.publish(Backend, globals())

"""Only the real part of complex numbers is stored."""

from ..honest import plain as honest

CAUGHT_BY = {"types.complex-types-hold-complex-numbers": "fail"}
START_METHODS = ("fork",)
UNJUDGED_WITHOUT = "an interpreter with complex types in ctypes"


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        args = [x.real if type(x) is complex else x for x in args]
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())

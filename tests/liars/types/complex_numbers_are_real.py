"""Only the real part of complex numbers is stored."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"types.complex-types-hold-complex-numbers": "fail"}
# Interpreters without complex types have nothing to lie about.
START_METHODS = ("fork",) if hasattr(ctypes, "c_double_complex") else ()


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        args = [x.real if type(x) is complex else x for x in args]
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())

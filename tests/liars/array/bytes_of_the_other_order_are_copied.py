"""An array of the same kind of number is copied as bytes, though it has the other byte order."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "array.takes-arrays": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        made = super().RawArray(typecode_or_type, size_or_initializer)
        code = getattr(type(made)._type_, "_type_", None)
        given = getattr(type(size_or_initializer), "_type_", None)
        if isinstance(code, str) and getattr(given, "_type_", None) == code:
            ctypes.memmove(made, size_or_initializer, ctypes.sizeof(made))
        return made


honest.publish(Backend, globals())

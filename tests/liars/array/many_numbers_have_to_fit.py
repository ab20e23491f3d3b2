"""A list of many numbers is converted at once, which refuses those that would wrap around."""

import array

from ..honest import plain as honest

CAUGHT_BY = {
    "array.takes-builtin-sequences": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        items = size_or_initializer
        if type(items) in (list, tuple) and len(items) >= 256:
            code = getattr(type(super().RawArray(typecode_or_type, 1))._type_, "_type_", "")
            if isinstance(code, str) and code in "bBhHiIlLqQ":
                items = array.array(code, items)
        return super().RawArray(typecode_or_type, items)


honest.publish(Backend, globals())

"""Raw unions are pickled as ordinary objects."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"sharing.raw-objects-cannot-be-sent": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        if isinstance(typecode_or_type, type) and issubclass(typecode_or_type, ctypes.Union):
            return typecode_or_type(*args)
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())

"""Tuples among the arguments are ignored."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.nested-layout-matches-ctypes": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        args = [() if isinstance(x, tuple) else x for x in args]
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())

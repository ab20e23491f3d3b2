"""Tuples in the arguments of RawValue are ignored."""

from ..honest import plain as honest

CAUGHT_BY = {"raw.arguments-go-to-constructor": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        flat = [() if isinstance(value, tuple) else value for value in args]
        return super().RawValue(typecode_or_type, *flat)


honest.publish(Backend, globals())

"""RawValue and RawArray ignore keywords."""

from ..honest import plain as honest

CAUGHT_BY = {"raw.keywords-are-refused": "fail"}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args, **_):
        return super().RawValue(typecode_or_type, *args)

    def RawArray(self, typecode_or_type, size_or_initializer, **_):
        return super().RawArray(typecode_or_type, size_or_initializer)


honest.publish(Backend, globals())

"""`RawValue` accepts a keyword `lock` and ignores it."""

from ..honest import plain as honest

CAUGHT_BY = {
    "module.raw-functions-refuse-lock-and-ctx": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args, lock=None):
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())

"""Only six digits of floats are stored."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.floats-keep-their-precision": "fail",
}


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        args = [float(f"{x:.6g}") if type(x) is float else x for x in args]
        return super().RawValue(typecode_or_type, *args)


honest.publish(Backend, globals())

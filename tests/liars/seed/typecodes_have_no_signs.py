"""Typecodes of signed integers mean the unsigned types."""

from ..honest import plain as honest

CAUGHT_BY = {
    "seed.value-of-typecode-equals-type": "fail",
    "seed.sized-array-of-typecode-equals-type": "fail",
    "seed.initialized-array-of-typecode-equals-type": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def RawValue(self, typecode_or_type, *args):
        return super().RawValue(self.unsigned(typecode_or_type), *args)

    def RawArray(self, typecode_or_type, size_or_initializer):
        return super().RawArray(self.unsigned(typecode_or_type), size_or_initializer)

    def unsigned(self, kind):
        return kind.upper() if isinstance(kind, str) and kind in "bhilq" else kind


honest.publish(Backend, globals())

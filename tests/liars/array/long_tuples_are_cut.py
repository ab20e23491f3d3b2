"""A tuple with too many values for a structure in a raw array is truncated."""

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.refuses-long-tuples": "fail",
}


class LyingArray:
    def __setitem__(self, index, value):
        if isinstance(value, tuple) and hasattr(self._type_, "_fields_"):
            names = {name for cls in self._type_.__mro__ for name in vars(cls).get("_fields_", ())}
            value = value[: len(names)]
        super().__setitem__(index, value)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        return extended(super().RawArray(typecode_or_type, size_or_initializer), LyingArray)


honest.publish(Backend, globals())

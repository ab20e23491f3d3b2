"""A tuple that is assigned to a structure of a raw array leaves fields as they were."""

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.short-tuples-zero-remaining-fields": "fail",
}


class LyingArray:
    def __setitem__(self, index, value):
        fields = getattr(self._type_, "_fields_", ())
        if isinstance(value, tuple) and len(value) < len(fields):
            for field, given in zip(fields, value, strict=False):
                setattr(self[index], field[0], given)
        else:
            super().__setitem__(index, value)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        return extended(super().RawArray(typecode_or_type, size_or_initializer), LyingArray)


honest.publish(Backend, globals())

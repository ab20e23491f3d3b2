"""Items that are true or false are read as 1 or 0."""

from ..honest import plain as honest
from ..honest.raw import extended

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.items-convert-to-python-types": "fail",
}


class LyingArray:
    def __getitem__(self, index):
        item = super().__getitem__(index)
        return int(item) if isinstance(item, bool) else item


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        return extended(super().RawArray(typecode_or_type, size_or_initializer), LyingArray)


honest.publish(Backend, globals())

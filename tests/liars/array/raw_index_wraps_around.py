"""An index of a raw array beyond the end starts again at the first item."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.items-are-those-of-ctypes": "fail",
}


class LyingArray:
    def __getitem__(self, index):
        if type(index) is int and len(self) <= index:
            index %= len(self)
        return super().__getitem__(index)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        cls = type(array)
        return type(cls)(cls.__name__, (LyingArray, cls), {}).from_buffer(array)


honest.publish(Backend, globals())

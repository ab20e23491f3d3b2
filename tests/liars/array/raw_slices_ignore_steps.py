"""Reading a slice of a raw array ignores its step."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.slices-are-those-of-ctypes": "fail",
}


class LyingArray:
    def __getitem__(self, index):
        if isinstance(index, slice) and index.step != 0:
            index = slice(index.start, index.stop)
        return super().__getitem__(index)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        cls = type(array)
        return type(cls)(cls.__name__, (LyingArray, cls), {}).from_buffer(array)


honest.publish(Backend, globals())

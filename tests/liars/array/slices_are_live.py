"""A slice of a raw array is a view of it."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.slices-are-snapshots": "fail",
}


class LyingArray:
    def __getitem__(self, index):
        if isinstance(index, slice):
            view = memoryview(self)
            return view.cast("B").cast(view.format[-1])[index]
        return super().__getitem__(index)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        cls = type(array)
        return type(cls)(cls.__name__, (LyingArray, cls), {}).from_buffer(array)


honest.publish(Backend, globals())

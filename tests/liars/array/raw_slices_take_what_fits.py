"""Assigning too much to a slice of a raw array assigns what fits."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "array.slices-keep-the-length": "fail",
}


class LyingArray:
    def __setitem__(self, index, value):
        if isinstance(index, slice) and isinstance(value, (list, tuple)):
            value = value[: len(range(len(self))[index])]
        super().__setitem__(index, value)


class Backend(honest.Backend):
    def RawArray(self, typecode_or_type, size_or_initializer):
        array = super().RawArray(typecode_or_type, size_or_initializer)
        cls = type(array)
        return type(cls)(cls.__name__, (LyingArray, cls), {}).from_buffer(array)


honest.publish(Backend, globals())

"""Slices of many numbers are read at once, as if all were in the byte order of the machine."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {
    "wrapper.slicing-matches-object": "fail",
}
START_METHODS = ("fork",)
MANY = 32


class Array(honest.SynchronizedArray):
    def __getitem__(self, index):
        def read(obj):
            part = obj[index]
            if not isinstance(index, slice) or index.step not in (None, 1) or len(part) < MANY:
                return part
            if type(obj)._type_._type_ not in "bBhHiIlLqQfd":
                return part
            data = memoryview(ctypes.string_at(obj, ctypes.sizeof(obj)))
            return data.cast(type(obj)._type_._type_)[index].tolist()

        return self._honest[0].read(self, read)


class Backend(honest.Backend):
    array_class = Array


honest.publish(Backend, globals())

"""An array of the same size is assigned to a slice by its bytes, whatever the type of its items."""

import ctypes

from ..honest import plain as honest

CAUGHT_BY = {"array.slice-assignment-takes-any-sequence": "fail"}


class Base:
    def __setitem__(self, index, value):
        obj = self.get_obj()
        is_array = isinstance(value, ctypes.Array) and len(value) == len(obj)
        if index == slice(None) and is_array and ctypes.sizeof(value) == ctypes.sizeof(obj):
            with self:
                ctypes.memmove(obj, value, ctypes.sizeof(obj))
        else:
            super().__setitem__(index, value)


class Arrays(Base, honest.SynchronizedArray):
    pass


class Backend(honest.Backend):
    array_class = Arrays


honest.publish(Backend, globals())

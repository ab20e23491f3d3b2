"""A wrapped number of the other byte order is sent by its type's name, that of the native type."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "sharing.any-type-is-shared-or-start-raises": "fail",
}


class Backend(honest.Backend):
    def reduce(self, obj, lock):
        native = getattr(ctypes, type(obj).__qualname__, None)
        if native is None or native is type(obj):
            return obj, lock
        # The same memory, as if it were of the native type.
        shared = native.from_buffer(obj)
        shared._wrapper = obj._wrapper
        self.RawValue(native)  # which registers a reducer for its type
        return shared, lock


honest.publish(Backend, globals())

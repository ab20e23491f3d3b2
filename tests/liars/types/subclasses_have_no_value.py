"""The wrapper of an object of a subclass of a simple type has no `value`."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.simple-subclass-wrapper-has-value": "fail",
}


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = super().class_for(obj)
        is_simple = ctypes._SimpleCData in type(obj).__bases__
        return honest.SynchronizedBase if cls is honest.Synchronized and not is_simple else cls


honest.publish(Backend, globals())

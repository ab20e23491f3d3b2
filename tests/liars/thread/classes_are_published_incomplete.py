"""A thread that wraps an object while another creates the class gets a class without fields."""

import ctypes
import time

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "thread.concurrent-wrapping-is-safe": "fail",
}


class Backend(honest.Backend):
    def class_for(self, obj):
        cls = type(obj)
        if not isinstance(obj, ctypes.Structure) or cls in self._classes:
            return super().class_for(obj)
        made = self._classes[cls] = type(
            f"Synchronized{cls.__name__}", (honest.SynchronizedBase,), {}
        )
        for name in honest.field_names(cls):
            # Other threads run here.
            time.sleep(0.0001)
            setattr(made, name, honest.accessor(name))
        return made


honest.publish(Backend, globals())

"""Items that are objects of a simple type are converted by the wrapper."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "types.items-of-simple-subclass-are-objects": "fail",
}


class Backend(honest.Backend):
    def read(self, wrapper, operation):
        result = super().read(wrapper, operation)
        return result.value if isinstance(result, ctypes._SimpleCData) else result


honest.publish(Backend, globals())

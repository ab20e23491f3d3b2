"""A process that is given structures starts, and then fails to unpickle them."""

import ctypes

from ..honest import plain as honest

START_METHODS = ("forkserver",)
CAUGHT_BY = {
    "sharing.any-type-is-shared-or-start-raises": "fail",
}


class Backend(honest.Backend):
    def rebuild(self, obj, lock):
        if isinstance(obj, (ctypes.Structure, ctypes.Union)):
            raise TypeError(f"{type(obj).__name__} cannot be rebuilt")
        return super().rebuild(obj, lock)


honest.publish(Backend, globals())

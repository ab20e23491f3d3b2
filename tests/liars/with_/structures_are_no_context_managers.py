"""`with` refuses the wrappers of structures."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "with.every-wrapper-supports-it": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def enter(self, wrapper):
        if not isinstance(wrapper, (Synchronized, SynchronizedArray)):
            raise TypeError(f"{type(wrapper).__name__} is no context manager")
        return super().enter(wrapper)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

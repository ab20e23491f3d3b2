"""`copy` takes any number of arguments and looks at the first."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "module.surplus-arguments-are-refused": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def copy(self, obj, *surplus):
        return super().copy(obj)


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

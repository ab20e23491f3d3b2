"""An access takes place also when taking the lock raises."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "wrapper.failing-acquire-prevents-the-access": "fail",
}
START_METHODS = ("fork",)


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        try:
            wrapper.acquire()
        except Exception:
            return operation(wrapper.get_obj())
        try:
            return operation(wrapper.get_obj())
        finally:
            wrapper.release()


backend = Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

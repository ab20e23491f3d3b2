"""The start method can be set again, and is."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "context.start-method-is-set-once": "fail",
}
START_METHODS = ("fork",)


class Contexts(honest.Contexts):
    def set_start_method(self, method, force=False):
        super().set_start_method(method, force=True)


backend = honest.Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
(
    get_context,
    set_start_method,
    get_start_method,
    get_all_start_methods,
    Lock,
    RLock,
) = Contexts(backend).names()

"""For a start method that it does not know, `get_context` gives the default context."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "context.unknown-methods-are-refused": "fail",
}
START_METHODS = ("fork",)


class Contexts(honest.Contexts):
    def get_context(self, method=None):
        known = method in super().get_all_start_methods()
        return super().get_context(method if known else None)


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

"""The default is the last of the start methods."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "context.first-method-is-the-default": "fail",
}
START_METHODS = ("fork",)


class Contexts(honest.Contexts):
    def get_all_start_methods(self):
        return super().get_all_start_methods()[::-1]


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

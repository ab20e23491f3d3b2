"""`Value` of a context makes a zero."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "module.contexts-have-the-functions": "fail",
}
START_METHODS = ("fork",)


class Context(honest.Context):
    def Value(self, typecode_or_type, *args, lock=True):
        return super().Value(typecode_or_type, lock=lock)


class Contexts(honest.Contexts):
    context = Context


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

"""Every context says that its start method is the default one."""

import multiprocessing

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "context.each-method-has-its-context": "fail",
}
START_METHODS = ("fork",)


class Context(honest.Context):
    def get_start_method(self):
        return multiprocessing.get_start_method()


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

"""The contexts of its package know one start method."""

from . import plain as honest
from .plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {}
START_METHODS = ("fork",)


def _expect_fork(method):
    if method not in (None, "fork"):
        raise ValueError(f"cannot find context for {method!r}")


class Contexts(honest.Contexts):
    def get_context(self, method=None):
        _expect_fork(method)
        return super().get_context("fork")

    def set_start_method(self, method, force=False):
        _expect_fork(method)
        super().set_start_method(method, force)

    def get_all_start_methods(self):
        return list(START_METHODS)


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

"""The package has contexts of its own, but no RLock beside them."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "module.package-has-the-functions": "fail",
}
START_METHODS = ("fork",)


backend = honest.Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()
(
    get_context,
    set_start_method,
    get_start_method,
    get_all_start_methods,
    Lock,
    _,
) = honest.Contexts(backend).names()

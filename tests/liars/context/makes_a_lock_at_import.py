"""A lock of the default context is made when the module is imported."""

import multiprocessing

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "context.import-chooses-no-start-method": "fail",
}
START_METHODS = ("fork",)


guard = multiprocessing.Lock()

backend = honest.Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

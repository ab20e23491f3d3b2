"""There is no `copy`."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {"module.has-the-six-names": "fail"}

backend = honest.Backend(__name__)
RawValue, RawArray, Value, Array, _, synchronized = backend.names()

"""A star import does not bring `copy`."""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

CAUGHT_BY = {
    "module.star-import-brings-the-six": "fail",
}
START_METHODS = ("fork",)


__all__ = ["RawValue", "RawArray", "Value", "Array", "synchronized"]

backend = honest.Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

"""The type of an array's rows is looked up by name where processes are spawned, and it has none.

So it is with the raw objects of the standard library, and this module adds nothing to them.
"""

from ..honest import plain as honest
from ..honest.plain import Synchronized, SynchronizedArray, SynchronizedBase, SynchronizedString  # noqa: F401

START_METHODS = ("spawn",)
CAUGHT_BY = {
    "sharing.arrays-of-arrays-cross": "fail",
}

backend = honest.Backend(__name__)
RawValue, RawArray, Value, Array, copy, synchronized = backend.names()

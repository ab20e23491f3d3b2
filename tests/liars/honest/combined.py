"""Several machines in one: the locks of one, the memory of another, the wrappers of a third.

The environment says which: `SHAREDCTYPES_TEST_MACHINES="record_locks whole_pages"` are two that do
not get in each other's way, the one that makes memory last.
"""

import importlib
import os

from . import on_reference
from . import plain as honest

CAUGHT_BY = {}
VARIABLE = "SHAREDCTYPES_TEST_MACHINES"

_PARTS = [
    importlib.import_module(f"{__package__}.{name}")
    for name in os.environ.get(VARIABLE, "on_reference").split()
]
_Contexts = [part.Contexts for part in _PARTS if hasattr(part, "Contexts")]

# Whatever one of them breaks; but the standard library's locks only if all of them have these.
BREAKS = {
    clause: methods
    for part in _PARTS
    for clause, methods in part.BREAKS.items()
    if clause not in on_reference.OF_LOCKS or all(clause in one.BREAKS for one in _PARTS)
}

UNJUDGED = {clause for part in _PARTS for clause in getattr(part, "UNJUDGED", ())}

Backend = type("Backend", tuple(part.Backend for part in _PARTS), {})
honest.publish(Backend, globals(), *_Contexts)

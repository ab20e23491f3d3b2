"""Each object has anonymous memory of its own, which has no name that could be told to others.

Only children that are forked have it, so it is a package whose contexts have no other start method.
A start that would need more, by a context of somebody else's, raises.
"""

import mmap

from . import fork_contexts_only, on_reference, placed
from . import plain as honest

CAUGHT_BY = {}
BREAKS = on_reference.BREAKS
START_METHODS = fork_contexts_only.START_METHODS
UNJUDGED = {*fork_contexts_only.UNJUDGED, "fault.objects-survive-killed-forkserver"}
Contexts = fork_contexts_only.Contexts


class Anonymous:
    offset = 0

    def __init__(self, size):
        self.memory = mmap.mmap(-1, size)

    def __reduce__(self):
        raise RuntimeError("anonymous memory can only be inherited by fork")


class Backend(placed.Backend):
    def block(self, size):
        return Anonymous(size)


honest.publish(Backend, globals(), Contexts)

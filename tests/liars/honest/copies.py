"""A plain backend that can make shared copies, for liars that send them in place of objects."""

import multiprocessing.sharedctypes as sharedctypes

from . import plain as honest

CAUGHT_BY = {}


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.copies = []

    def shared_copy(self, obj):
        """Return a copy in shared memory, which stays there as long as this process runs."""
        self.copies.append(sharedctypes.copy(obj))
        return self.copies[-1]


honest.publish(Backend, globals())

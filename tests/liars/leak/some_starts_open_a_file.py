"""Every third process that is started takes a file descriptor that is never closed."""

import os

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "leak.dropped-objects-leak-no-descriptors": "leak",
}


class Backend(honest.Backend):
    forks = 0

    def forked(self):
        self.forks += 1
        if self.forks % 3 == 0:
            os.open(os.devnull, os.O_RDONLY)


backend = honest.publish(Backend, globals())
os.register_at_fork(before=backend.forked)

"""`acquire` never returns, and every access goes through it."""

import time

from ..honest import plain as honest

CAUGHT_BY = {"seed.child-write-to-value-reaches-parent": "hang"}


class Backend(honest.Backend):
    def access(self, wrapper, operation):
        while True:
            time.sleep(3600)


honest.publish(Backend, globals())

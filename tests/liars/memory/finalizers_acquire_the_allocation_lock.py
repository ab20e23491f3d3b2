"""A value that goes takes the lock of all makings, in the middle of a making too."""

import threading
import weakref

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "memory.collections-come-anywhere-in-a-making": "hang",
}


class Backend(honest.Backend):
    def __init__(self, module):
        super().__init__(module)
        self.making = threading.Lock()

    def RawValue(self, typecode_or_type, *args):
        with self.making:
            made = super().RawValue(typecode_or_type, *args)
        weakref.finalize(made, self.drop)
        return made

    def drop(self):
        with self.making:
            pass


honest.publish(Backend, globals())

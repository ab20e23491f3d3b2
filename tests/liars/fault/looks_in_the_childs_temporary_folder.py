"""A file that belongs to a wrapper is looked for in the child's folder for temporary files."""

import os
import tempfile

from ..honest import plain as honest

START_METHODS = ("spawn", "forkserver")
CAUGHT_BY = {
    "fault.works-in-unusual-environments": "fail",
}


class Backend(honest.Backend):
    def reduce(self, obj, lock):
        descriptor, path = tempfile.mkstemp()
        os.close(descriptor)
        return obj, (lock, os.path.basename(path))

    def rebuild(self, obj, lock):
        lock, name = lock
        os.unlink(os.path.join(tempfile.gettempdir(), name))
        return super().rebuild(obj, lock)


honest.publish(Backend, globals())

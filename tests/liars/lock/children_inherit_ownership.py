"""A forked child holds the recursive locks that its parent held."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.child-does-not-inherit-rlock-ownership": "fail",
}


class Lock(honest.OwnLock):
    depth = 0

    def acquire(self, block=True, timeout=None):
        taken = self.depth > 0 or super().acquire(block, timeout)
        self.depth += taken
        return taken

    def release(self):
        if self.depth:
            self.depth -= 1
        if not self.depth:
            super().release()


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)

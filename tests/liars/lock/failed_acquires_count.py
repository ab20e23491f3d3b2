"""An `acquire` of an RLock that fails adds to what its owner has to release."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.failed-acquires-change-nothing": "fail",
}


class Lock(honest.OwnLock):
    surplus = 0

    def acquire(self, block=True, timeout=None):
        taken = super().acquire(block, timeout)
        if not taken and self.recursive:
            self.surplus += 1
        return taken

    def release(self):
        if self.surplus:
            self.surplus -= 1
        else:
            super().release()


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)

"""`locked` tries for the lock, which its owner gets again if it is recursive."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.locked-tells-held-from-free": "fail",
}


class Lock(honest.OwnLock):
    def locked(self):
        if not self.acquire(False):
            return True
        self.release()
        return False


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)

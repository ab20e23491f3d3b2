"""`locked` tries to acquire the lock, which succeeds for the owner of an RLock."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.locked-is-true-while-held": "fail",
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

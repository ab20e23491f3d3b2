"""`locked` returns whether the calling thread holds the lock."""

from ..honest import plain as honest

START_METHODS = ("fork",)
CAUGHT_BY = {
    "lock.locked-is-true-while-held": "fail",
    "lock.locked-sees-other-processes": "fail",
}


class Lock(honest.OwnLock):
    def locked(self):
        return self.lock._semlock._is_mine()


class Backend(honest.Backend):
    lock = Lock


honest.publish(Backend, globals(), honest.Contexts)
